import { expect, test } from "vitest";
import { isReadByEngine } from "./read-by-engine.ts";

const paths = new Set([
  "a/main.tf",
  "a/main.tofu",
  "a/more.tf",
  "a/x.tf.json",
  "a/x.tofu.json",
  "b/main.tf",
  "a/dev.tfvars",
]);
const readBy = (engine: "terraform" | "tofu") => [...paths].filter((path) => isReadByEngine(path, engine, paths));

test("terraform reads its own files only; tofu reads its own instead of those of the same name", () => {
  expect(readBy("terraform")).toEqual(["a/main.tf", "a/more.tf", "a/x.tf.json", "b/main.tf", "a/dev.tfvars"]);
  expect(readBy("tofu")).toEqual(["a/main.tofu", "a/more.tf", "a/x.tofu.json", "b/main.tf", "a/dev.tfvars"]);
});
