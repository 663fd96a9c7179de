import { expect, test } from "vitest";
import { readPeriod } from "./period.ts";

const now = new Date("2026-11-22T13:00:00.000Z");

test.each([
  [{}, "2026-10-23T13:00:00.000Z", "2026-11-22T13:00:00.000Z"],
  [{ from: "2026-11-01" }, "2026-11-01T00:00:00.000Z", "2026-11-22T13:00:00.000Z"],
  [{ from: "2026-11-01", to: "2026-11-01" }, "2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"],
  [{ to: "2026-11-10T08:00:00Z" }, "2026-10-11T08:00:00.000Z", "2026-11-10T08:00:00.000Z"],
])("%j is a period", (asked, from, to) => {
  const period = readPeriod(asked, now);
  expect([period.from.toISOString(), period.to.toISOString()]).toEqual([from, to]);
});

test("one that ends before it begins is refused", () => {
  expect(() => readPeriod({ from: "2026-11-10", to: "2026-11-01" }, now)).toThrow("before it begins");
});
