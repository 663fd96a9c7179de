import fc from "fast-check";
import { expect, test } from "vitest";
import { textFinder } from "./text-finder.ts";

/** Few letters, so that texts hold each other, begin alike and overlap. */
const word = (most: number) => fc.string({ unit: fc.constantFrom("a", "b", "ä", "😀"), maxLength: most });

test("tells what looking for each of them tells", () => {
  fc.assert(
    fc.property(fc.array(word(30), { maxLength: 12 }), word(120), (needles, text) => {
      const expected = needles.some((needle) => needle !== "" && text.includes(needle));
      expect(textFinder(needles)(text)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test("finds one at the very end and the very beginning, and nothing where there is nothing to look for", () => {
  const find = textFinder(["correct-horse-battery", "abc", "seven77"]);
  expect([find("xxcorrect-horse-battery"), find("correct-horse-batteryxx"), find("correct-horse-batter")]).toEqual([
    true,
    true,
    false,
  ]);
  expect([find("xabc"), find("xseven77"), find("")]).toEqual([true, true, false]);
  expect(textFinder([""])("anything")).toBe(false);
});

test("looks at a text once, however many it looks for and however alike they are", () => {
  const needles = Array.from(
    { length: 20_000 },
    (_, index) => `sk_live_${"0".repeat(20)}${String(index).padStart(12, "0")}`,
  );
  const find = textFinder(needles);
  // A look for each of them at each place would outlast the test.
  const text = `sk_live_${"0".repeat(19)}x`.repeat(100_000);
  expect(find(text)).toBe(false);
  expect(find(`${text}${needles.at(-1) ?? ""}`)).toBe(true);
});
