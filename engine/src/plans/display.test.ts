import { expect, test } from "vitest";
import { display, displayPath } from "./display.ts";
import type { JsonValue } from "./json.ts";

const shown = (value: JsonValue, isSecret = (_text: string) => false) =>
  display({ value, sensitive: false, unknown: false }, isSecret);

test("what would steer how a value is shown is written as it is escaped, in keys too", () => {
  expect(shown("\u202Ednuob si 08 trop\u2066 \u009B2J\n")).toEqual({
    kind: "value",
    text: String.raw`"\u202ednuob si 08 trop\u2066 \u009b2J\n"`,
  });
  expect(shown({ "a\u202E": ["\u2028"] })).toEqual({ kind: "value", text: String.raw`{ ["a\u202e"] = ["\u2028"] }` });
  expect(shown(String.raw`\u202e`)).toEqual({ kind: "value", text: String.raw`"\\u202e"` });
  expect(shown("Grüße, 世界 👩‍👩‍👧")).toEqual({ kind: "value", text: '"Grüße, 世界 👩‍👩‍👧"' });
});

test("so is the key of a path", () => {
  expect(displayPath(["tags", "a\u202E"], () => false)).toBe(String.raw`tags["a\u202e"]`);
  expect(displayPath(["tags", "s3cret"], (text) => text.includes("s3cret"))).toBe("(sensitive)");
});

test("a secret with such a mark is found before it is escaped", () => {
  const secret = "pass\u202Eword";
  expect(shown({ a: [secret] }, (text) => text.includes(secret))).toEqual({ kind: "sensitive" });
});
