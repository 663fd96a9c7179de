import { expect, test } from "vitest";
import type { Look } from "./look.ts";
import { table } from "./table.ts";
import { fit, widthOf, wrap } from "./width.ts";

const plain: Look = { columns: undefined, now: new Date(0), paint: (_, text) => text };
const columns = [{ title: "NO", align: "right" as const }, { title: "TITLE", least: 6 }, { title: "BY" }];

test("without a terminal nothing is cut", () => {
  const long = "x".repeat(300);
  expect(table(plain, columns, [["7", long, "dev"]], "none")).toEqual([
    `NO  TITLE${" ".repeat(297)}BY`,
    ` 7  ${long}  dev`,
  ]);
});

test("on a terminal the columns that may be cut make room", () => {
  const lines = table({ ...plain, columns: 24 }, columns, [["128", "Open the database to all", "owner"]], "none");
  expect(lines).toEqual([" NO  TITLE         BY", "128  Open the da…  owner"]);
});

test.each([80, 60, 40, 20])("nothing is wider than %i columns", (width) => {
  const rows = [["128", "数据库数据库数据库数据库 and more of it", "somebody-with-a-long-name"]];
  for (const line of table({ ...plain, columns: width }, columns, rows, "none"))
    expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test("what matters less is left out before anything is cut below its least, the last of it first", () => {
  const wide = [
    { title: "WORKSPACE", least: 12 },
    { title: "LAYER", extra: true as const },
    { title: "STATE" },
    { title: "SENTENCE", least: 8, extra: true as const },
  ];
  const rows = [["database/prod", "application", "in sync", "What runs is what was applied."]];
  const at = (width: number) => table({ ...plain, columns: width }, wide, rows, "none")[1];
  expect(at(60)).toBe("database/prod  application  in sync  What runs is what was…");
  expect(at(40)).toBe("database/prod  application  in sync");
  expect(at(30)).toBe("database/prod  in sync");
  expect(at(21)).toBe("database/pr…  in sync");
});

test("no rows give one sentence", () => {
  expect(table(plain, columns, [], "No runs.")).toEqual(["No runs."]);
});

test("wide characters count twice, and are never cut in half", () => {
  expect(widthOf("数据")).toBe(4);
  expect(widthOf("e\u0301")).toBe(1);
  expect(fit("数据库", 4)).toBe("数…");
});

test("sentences break at spaces", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrap("one two three", undefined)).toEqual(["one two three"]);
});
