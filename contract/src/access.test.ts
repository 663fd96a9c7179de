import { expect, test } from "vitest";
import { areKeptToClients, clientOf, matchesEnvironment } from "./access.ts";
import type { RoleBinding } from "./access.ts";

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
  ["globex*", "globex/prod", false],
  ["pro*", "prodigy/test", false],
  ["*/*", "globex/prod", true],
  ["*/*", "prod", false],
  ["*", "globex/prod", true],
])("%s matches %s: %s", (pattern, environment, expected) => {
  expect(matchesEnvironment(pattern, environment)).toBe(expected);
});

test("a pattern made for it does not keep the server busy", () => {
  const started = performance.now();
  expect(matchesEnvironment(`${"*a".repeat(99)}b`, "a".repeat(127))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("an environment's client stands before the slash", () => {
  expect([clientOf("globex/prod"), clientOf("prod")]).toEqual(["globex", undefined]);
});

test.each([
  [["globex/*"], true],
  [["globex/prod", "initech/*"], true],
  [["*/prod"], true],
  [["globex/*", "dev"], false],
  [["*"], false],
  [["globex*"], false],
  [[], false],
])("roles for %j are kept to clients: %s", (patterns, expected) => {
  const roles = patterns.map((environments): RoleBinding => ({ role: "auditor", environments }));
  expect(areKeptToClients(roles)).toBe(expected);
});
