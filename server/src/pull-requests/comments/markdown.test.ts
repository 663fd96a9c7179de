import fc from "fast-check";
import { expect, test } from "vitest";
import { codeBlock, escapeMarkdown, inlineCode } from "./markdown.ts";

test("nothing in a text of somebody else becomes a tag, a link, a table cell or a line of its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeMarkdown(text);
      expect(escaped).not.toMatch(/[<>\n\r]/);
      expect(escaped.replaceAll(/\\[\\`*_{}[\]()#+!|~@-]/g, "")).not.toMatch(/[`*_[\]|]/);
    }),
  );
});

test("code cannot leave its fence", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("`", "```", "x", "\n", "|", "<b>")), (parts) => {
      const text = parts.join("");
      const block = codeBlock(text);
      const fence = block.slice(0, block.indexOf("\n"));
      expect(block.slice(fence.length, -fence.length)).not.toContain(fence);
      expect(inlineCode(text)).not.toContain("\n");
    }),
  );
});
