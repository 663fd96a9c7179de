import { expect, test } from "vitest";
import { matchesEnvironment } from "./access.ts";

test.each([
  ["*", "prod", true],
  ["prod", "prod", true],
  ["prod", "prod2", false],
  ["globex/*", "globex/prod", true],
  ["globex/*", "globex", false],
  ["globex/*", "notglobex/prod", false],
  ["*/prod", "globex/prod", true],
  ["*/prod", "prod", false],
  ["ab*ba", "aba", false],
  ["ab*ba", "abba", true],
  ["a*b*c", "a1b2b3c", true],
  ["a*b*c", "acb", false],
  ["p.od", "prod", false],
])("%s matches %s: %s", (pattern, environment, expected) => {
  expect(matchesEnvironment(pattern, environment)).toBe(expected);
});

test("a pattern made for it does not keep the server busy", () => {
  const started = performance.now();
  expect(matchesEnvironment(`${"*a".repeat(99)}b`, "a".repeat(127))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
