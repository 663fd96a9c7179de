import { expect, it } from "vitest";
import { normalizeRepositoryPath } from "./repository-path.ts";

it("paths stay inside the repository", () => {
  expect(["./a//b/", "a/../b", "."].map(normalizeRepositoryPath)).toEqual(["a/b", "b", "."]);
  expect(["/a", "a/../../b", "", "a\\b", "a\nb"].map(normalizeRepositoryPath)).toEqual(Array(5).fill(undefined));
});
