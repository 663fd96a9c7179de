import type { WorkspaceState } from "@plumbline/contract";
import { expect, test } from "vitest";
import { matrixRows } from "./matrix-rows.ts";

const named = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `c${index}` }));
const cell = (component: string, state: WorkspaceState = "in_sync", severity: "critical" | "low" | null = null) => ({
  component,
  state,
  severity,
});
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test("a few components are all shown, in main's order", () => {
  const components = named(59);
  const { shown, matrix } = matrixRows(components, { cells: [cell("c3", "failed")], workspaces: 236 }, undefined);
  expect(names(shown)).toEqual(names(components));
  expect(matrix).toEqual({ total: 59, inSync: 58, folded: false, next: null });
});

test("of many only those that need somebody, the worst first", () => {
  const components = named(700);
  const cells = [
    cell("c1"),
    cell("c9", "waits"),
    cell("c5", "drifted", "low"),
    cell("c7", "drifted", "critical"),
    cell("c6", "failed"),
    cell("c7", "waits"),
  ];
  const { shown, matrix } = matrixRows(components, { cells, workspaces: 7_000 }, undefined);
  expect(names(shown)).toEqual(["c7", "c5", "c6", "c9"]);
  expect(matrix).toEqual({ total: 700, inSync: 696, folded: true, next: null });
});

test("where nearly all need somebody, no more rows than a page holds; few components in many environments fold too", () => {
  const components = named(50);
  const cells = components.flatMap(({ name }) => Array.from({ length: 20 }, () => cell(name, "never_applied")));
  const { shown, matrix } = matrixRows(components, { cells, workspaces: cells.length }, undefined);
  expect(shown).toHaveLength(15);
  expect(matrix).toEqual({ total: 50, inSync: 0, folded: true, next: null });
});

test("all of them come page by page", () => {
  const components = named(120);
  const pages = [0, 50, 100].map((from) => matrixRows(components, { cells: [], workspaces: 480 }, from));
  expect(pages.flatMap(({ shown }) => names(shown))).toEqual(names(components));
  expect(pages.map(({ matrix }) => matrix.next)).toEqual([50, 100, null]);
});
