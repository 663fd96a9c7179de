import { expect, test } from "vitest";
import { isDestroyed } from "./state-words.ts";

test("what was applied and is no more was destroyed; what never was, was not", () => {
  const at = "2026-11-22T07:00:00.000Z";
  expect(isDestroyed({ state: "never_applied", appliedAt: at })).toBe(true);
  expect(isDestroyed({ state: "never_applied", appliedAt: null })).toBe(false);
  expect(isDestroyed({ state: "in_sync", appliedAt: at })).toBe(false);
});
