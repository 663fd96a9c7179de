import { expect, test } from "vitest";
import { parseInline, parseMarkdown } from "./markdown.ts";

test("what looks like HTML stays text", () => {
  expect(parseMarkdown("a <script>alert(1)</script> b")).toEqual([
    { kind: "paragraph", children: [{ kind: "text", text: "a <script>alert(1)</script> b" }] },
  ]);
});

test("links lead to http(s) or into this site only", () => {
  expect(parseInline("[a](javascript:alert(1))").some(({ kind }) => kind === "link")).toBe(false);
  expect(parseInline("[a](//evil.example)").some(({ kind }) => kind === "link")).toBe(false);
  expect(parseInline("[a](/runs/3)")).toEqual([
    { kind: "link", href: "/runs/3", children: [{ kind: "text", text: "a" }] },
  ]);
  expect(parseInline("see https://a.example/x.")[1]).toMatchObject({ kind: "link" });
});

test("headings, lists, code, bold and names with underscores", () => {
  expect(parseMarkdown("## A\n\n- **b** `c`\n- d_e_f\n\n```\n<x>\n```").map(({ kind }) => kind)).toEqual([
    "heading",
    "list",
    "code",
  ]);
  expect(parseInline("aws_db_instance.orders")).toEqual([{ kind: "text", text: "aws_db_instance.orders" }]);
});

test("tables with sides and escaped bars", () => {
  const [table] = parseMarkdown("| A | B |\n|---|--:|\n| a \\| b | 2 |");
  expect(table).toMatchObject({ kind: "table", right: [false, true], rows: [[[{ text: "a | b" }], [{ text: "2" }]]] });
});

test("details become a fold, its content is read the same way", () => {
  const [fold, after] = parseMarkdown("<details><summary>database/prod</summary>\n\n```\n+ a\n```\n</details>\nafter");
  expect(fold).toMatchObject({
    kind: "details",
    summary: [{ text: "database/prod" }],
    children: [{ kind: "code", text: "+ a" }],
  });
  expect(after).toMatchObject({ kind: "paragraph" });
});

test("every line of any text is consumed", () => {
  for (const source of [
    "| no table",
    "<details>",
    "</details>",
    "> a\n> b",
    "1. x\n2. y",
    "```\nopen",
    "---",
    "#no heading",
  ])
    expect(parseMarkdown(source).length).toBeGreaterThan(0);
});

test("task lists have boxes", () => {
  const [list] = parseMarkdown("- [ ] approve\n- [x] plan");
  expect(list).toMatchObject({ kind: "list", items: [[{ text: "☐ approve" }], [{ text: "☑ plan" }]] });
});
