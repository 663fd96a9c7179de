import { expect, test } from "vitest";
import { ago, duration } from "./time.ts";

test.each([
  [0.44, "0.4 s"],
  [41, "41 s"],
  [60, "1 min"],
  [3599, "59 min"],
  [11_520, "3 h 12 min"],
  [3600, "1 h"],
  [200_000, "2 d"],
])("%d seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test("relative for a day, then the date", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(ago("2026-11-22T11:56:00Z", now)).toBe("4 min ago");
  expect(ago("2026-11-22T12:00:00Z", now)).toBe("now");
  expect(ago("2026-11-12T12:00:00Z", now)).toBe("12 Nov");
  expect(ago("2025-11-12T12:00:00Z", now)).toBe("12 Nov 2025");
});
