import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodePalettePng } from "./palette-png.ts";

test("a picture comes back by its palette, and a colour beside a frequent one becomes that one", () => {
  const points = [
    [255, 0, 0, 255],
    [255, 0, 0, 255],
    [0, 0, 255, 255],
    [250, 0, 0, 255],
  ];
  const png = encodePalettePng({ width: 2, height: 2, rgba: Uint8Array.from(points.flat()) });
  expect(png.subarray(0, 8).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
  const palette = png.indexOf("PLTE");
  expect([...png.subarray(palette + 4, palette + 10)]).toEqual([255, 0, 0, 0, 0, 255]);
  expect(png.readUInt32BE(palette - 4)).toBe(6);
  const data = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  expect([...rows]).toEqual([0, 0, 0, 0, 1, 0]);
});
