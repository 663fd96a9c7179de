import { expect, test } from "vitest";
import { linePath } from "./line-path.ts";

test("to the next column in one curve, further in the channel between the rows", () => {
  const start = { x: 200, y: 60 };
  expect(linePath(start, { x: 265, y: 60 }, null, 70)).toBe("M200 60C232.5 60 232.5 60 265 60");
  expect(linePath(start, { x: 525, y: 130 }, 97, 70)).toMatch(/^M200 60C.* 270 97H460C.* 525 130$/);
});
