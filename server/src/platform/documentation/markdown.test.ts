import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.ts";

const render = (text: string) => renderMarkdown(text, (target) => (target.startsWith("#") ? target : undefined));

test("HTML in a page is shown as the text it is, comments are left out", () => {
  const { html } = render('<!-- made by x -->\n\n<script>alert(1)</script>\n\nA <b onclick="x()">word</b>.\n');
  expect(html).not.toMatch(/<script|<b |<!--/);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("what is written as code, and where a link leads, cannot become HTML", () => {
  const { html } = renderMarkdown('`<i>`\n\n```\n<u>"\n```\n\n[a](<x"y>)', () => 'x" onclick="y');
  expect(html).toContain("<code>&lt;i&gt;</code>");
  expect(html).toContain("&lt;u&gt;&quot;");
  expect(html).toContain('href="x&quot; onclick=&quot;y"');
});

test("a link that leads nowhere is its text, a picture its description", () => {
  const { html } = render("[Run](javascript:alert(1)) ![A run](data:x) [there](#there)");
  expect(html).toBe('<p>Run A run <a href="#there">there</a></p>\n');
});

test("headings get the anchors that a Git host gives them", () => {
  const { headings } = render("# One\n\n## `merge_refused`\n\n## What: it's *this*\n\n## One\n");
  expect(headings.map(({ anchor }) => anchor)).toEqual(["one", "merge_refused", "what-its-this", "one-1"]);
  expect(headings[1]).toEqual({ level: 2, text: "merge_refused", anchor: "merge_refused" });
});

test("a table can be scrolled by itself", () => {
  expect(render("| a |\n|---|\n| b |\n").html).toMatch(
    /^<div class="wide" tabindex="0"[^>]*><table>[\s\S]*<\/table><\/div>/,
  );
});
