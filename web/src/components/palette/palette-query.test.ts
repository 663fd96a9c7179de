import { expect, test } from "vitest";
import { readQuery, workspaceSearch } from "./palette-query.ts";

test.each([
  ["#12", { kind: "pull-request", rest: ["#12"], number: 12 }],
  ["pr 12", { kind: "pull-request", rest: ["12"], number: 12 }],
  ["pull request tags", { kind: "pull-request", rest: ["tags"] }],
  ["Run 27", { kind: "run", rest: ["27"], number: 27, words: ["run", "27"] }],
  ["runs database/prod", { kind: "run", rest: ["database/prod"] }],
  ["case 1", { kind: "case", rest: ["1"], number: 1 }],
  ["drift case 1", { kind: "case", rest: ["1"], number: 1 }],
  ["27", { rest: ["27"], number: 27 }],
  ["run", { kind: "run", rest: [] }],
] as const)("%j names things by kind and number", (text, read) => {
  expect(readQuery(text)).toMatchObject(read);
});

test.each(["runners", "prod", "caseload", "database #12", "run 27 database", "0"])("%j names no number", (text) => {
  expect(readQuery(text).number).toBeUndefined();
});

test("runners and prod name no kind", () => {
  for (const text of ["runners", "prod 7", "drifted"]) expect(readQuery(text).kind).toBeUndefined();
});

test("an action's verb is no part of a workspace's name", () => {
  expect(workspaceSearch("check drift of database/prod")).toBe("database/prod");
  expect(workspaceSearch("audit prod")).toBe("prod");
});
