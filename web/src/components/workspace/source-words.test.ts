import { expect, test } from "vitest";
import { placeText } from "./source-words.ts";

test("a client's environment keeps its whole name, code the component's folder", () => {
  expect(placeText({ file: "environments/globex/prod/db.tfvars", line: 3 })).toBe("globex/prod/db.tfvars:3");
  expect(placeText({ file: "live/components/db/variables.tf", line: null })).toBe("db/variables.tf");
  expect(placeText({ file: null, line: null })).toBeNull();
});
