import { expect, test } from "vitest";
import { hclTokens } from "./hcl.ts";

test("a line is coloured, and stays what it is", () => {
  const line = '\tcount = var.small ? 1 : 2 # "few"';
  expect(
    hclTokens(line)
      .map(({ text }) => text)
      .join(""),
  ).toBe(line);
  expect(hclTokens(line).filter(({ kind }) => kind !== "plain")).toEqual([
    { text: "var", kind: "word" },
    { text: "1", kind: "number" },
    { text: "2", kind: "number" },
    { text: '# "few"', kind: "comment" },
  ]);
});

test("what turns the direction of writing, or is a control character, is named where it stands", () => {
  expect(hclTokens('acl = "public\u202Eetavirp\u2066" \u001B# x\u200F')).toEqual([
    { text: "acl = ", kind: "plain" },
    { text: '"public', kind: "string" },
    { text: "U+202E", kind: "steering" },
    { text: "etavirp", kind: "string" },
    { text: "U+2066", kind: "steering" },
    { text: '"', kind: "string" },
    { text: " ", kind: "plain" },
    { text: "U+001B", kind: "steering" },
    { text: "# x", kind: "comment" },
    { text: "U+200F", kind: "steering" },
  ]);
});

test("a line of Windows ends without a mark; a return within a line has one", () => {
  expect(hclTokens("a\r")).toEqual([{ text: "a", kind: "plain" }]);
  expect(hclTokens("a\rb").map(({ kind }) => kind)).toEqual(["plain", "steering", "plain"]);
});
