import { expect, test } from "vitest";
import { planLine } from "./plan-line.ts";

test("what has no tree is not planned where the configuration is wrong, and later where its name is new", () => {
  const row = { relation: "changed", stateFrom: null, inputTree: null } as const;
  const line = (wrong: boolean) => planLine(row, { status: "open", wrong }, undefined, undefined);
  expect(line(true)).toBe("Not planned: the configuration is wrong.");
  expect(line(false)).toBe("Planned after the merge, when its state goes by its new name.");
});
