import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

describe("durations", () => {
  it("are whole numbers with a unit", () => {
    expect(["15s", "15m", "2h", "7d"].map(parseDuration)).toEqual([15, 900, 7_200, 604_800]);
    expect(["0s", "1.5h", "15", "m", "-1s", "1w", ""].map(parseDuration)).toEqual(Array(7).fill(undefined));
  });
  it("are read back as written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (total) => {
        expect(parseDuration(formatDuration(total))).toBe(total);
      }),
    );
  });
});
