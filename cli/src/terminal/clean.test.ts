import fc from "fast-check";
import { expect, test } from "vitest";
import { printableJson } from "../command/context.ts";
import { makePrintable, printableLine, printableLines } from "./clean.ts";

const steering = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200E\u200F]/u;

test("a line keeps no control character, no line end, no mark of direction", () => {
  expect(printableLine("a\u001B[31mred\u001B]0;title\u0007\nforged\r\u202Eb")).toBe(
    "a\uFFFD[31mred\uFFFD]0;title\uFFFD forged \uFFFDb",
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printableLine(text)).not.toMatch(steering);
      for (const line of printableLines(text)) expect(line).not.toMatch(steering);
    }),
  );
});

test("only members that are texts of several lines keep their line ends", () => {
  expect(
    makePrintable({
      title: "a\nb",
      description: "a\nb\u0007",
      list: [{ name: "x\u001Bc" }],
      count: 1,
      none: null,
    }),
  ).toEqual({
    title: "a b",
    description: "a\nb\uFFFD",
    list: [{ name: "x\uFFFDc" }],
    count: 1,
    none: null,
  });
});

test("JSON is the same value and steers no terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const json = printableJson({ text }, 0);
      expect(json).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
