import { expect, test } from "vitest";
import { markWords, parseDiff } from "./diff.ts";

const patch = `diff --git a/x b/x
--- a/x
+++ b/x
@@ -3,3 +3,4 @@ resource
 same
-size = 50
+size = 100
+more = true
 end
\\ No newline at end of file
`;

test("lines have their numbers before and after", () => {
  expect(parseDiff(patch).map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ["hunk", null, null],
    ["context", 3, 3],
    ["removed", 4, null],
    ["added", null, 4],
    ["added", null, 5],
    ["context", 5, 6],
  ]);
});

test("only the words that differ are marked, in both lines", () => {
  const [, , removed, added, alone] = parseDiff(patch);
  expect(removed?.pieces.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(["50"]);
  expect(added?.pieces.filter(({ marked }) => marked).map(({ text }) => text)).toEqual(["100"]);
  expect(alone?.pieces.some(({ marked }) => marked)).toBe(false);
});

test("lines that share nothing are not marked", () => {
  expect(markWords("a", "b")).toEqual([[{ text: "a", marked: false }], [{ text: "b", marked: false }]]);
});
