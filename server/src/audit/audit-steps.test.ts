import { expect, test } from "vitest";
import { auditSteps } from "./audit-steps.ts";

const now = new Date("2026-11-22T14:20:00Z");

test.each([
  ["nothing", {}, "2026-11-21T15:00:00.000Z", 3_600, 24],
  ["an hour", { from: "2026-11-22T13:30:00Z", to: "2026-11-22T14:30:00Z" }, "2026-11-22T13:00:00.000Z", 3_600, 2],
  ["a week", { from: "2026-11-15T14:00:00Z" }, "2026-11-15T12:00:00.000Z", 4 * 3_600, 43],
  ["a month", { from: "2026-10-22T14:00:00Z" }, "2026-10-22T00:00:00.000Z", 86_400, 32],
  ["the day before", { to: "2026-11-20T00:00:00Z" }, "2026-11-19T00:00:00.000Z", 3_600, 24],
])("%s", (_, given, from, stepSeconds, steps) => {
  expect(auditSteps(given, now)).toMatchObject({ from, stepSeconds, steps });
});

test("however long the time is, there are at most sixty", () => {
  for (const from of ["2025-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "1800-01-01T00:00:00Z"])
    expect(auditSteps({ from }, now).steps).toBeLessThanOrEqual(60);
});

test("a time that ends before it begins is refused", () => {
  expect(() => auditSteps({ from: "2026-11-22T15:00:00Z" }, now)).toThrow(/ends .* before it begins/);
});
