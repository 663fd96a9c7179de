import { expect, test } from "vitest";
import { lanePieces, offset } from "./lane-path.ts";

const now = Date.parse("2026-11-22T00:00:00Z");
const day = (days: number) => new Date(now - days * 86_400_000).toISOString();

test("3.2 px out of line per severity", () => {
  expect([offset(null), offset("low"), offset("medium"), offset("high"), offset("critical")]).toEqual(
    [0, 3.2, 6.4, 9.6, 12.8].map((px) => expect.closeTo(px)),
  );
});

test("newest at the bottom; the line slants to where it hangs", () => {
  const pieces = lanePieces(
    [
      { from: day(7), to: day(2), severity: null },
      { from: day(2), to: day(0), severity: "critical" },
    ],
    now,
    70,
    16,
  );
  expect(pieces).toEqual([
    { severity: null, points: "16,0 16,50" },
    { severity: "critical", points: "16,50 28.8,55 28.8,70" },
  ]);
});

test("what nobody verified has no line, and the next stretch does not slant to it", () => {
  const pieces = lanePieces(
    [
      { from: day(7), to: day(5), severity: "high" },
      { from: day(2), to: day(0), severity: null },
    ],
    now,
    70,
    16,
  );
  expect(pieces[1]?.points).toBe("16,50 16,70");
});

test("what began a minute ago is seen; what was before ends where it begins", () => {
  const minute = 1 / 1440;
  const pieces = lanePieces(
    [
      { from: day(7), to: day(minute), severity: null },
      { from: day(minute), to: day(0), severity: "low" },
    ],
    now,
    70,
    16,
  );
  expect(pieces.map(({ points }) => points)).toEqual(["16,0 16,56", "16,56 19.2,61 19.2,70"]);
});
