import { expect, test } from "vitest";
import { barsOf, localMinute, stepWord } from "./chart-bars.ts";

test("bars are as high as they have entries, and never invisible", () => {
  const bars = barsOf({ from: "2026-11-22T00:00:00.000Z", stepSeconds: 3_600, counts: [0, 1, 1000], total: 1001 });
  expect(bars.map(({ entries, percent }) => [entries, percent])).toEqual([
    [0, 0],
    [1, 4],
    [1000, 100],
  ]);
  expect(bars[1]?.to).toEqual(bars[2]?.from);
});

test("says how long a step is, and an instant as the field wants it", () => {
  expect([3_600, 14_400, 86_400, 604_800].map(stepWord)).toEqual(["hour", "4 hours", "day", "7 days"]);
  const at = new Date(2026, 10, 22, 14, 5);
  expect(localMinute(at)).toBe("2026-11-22T14:05");
});
