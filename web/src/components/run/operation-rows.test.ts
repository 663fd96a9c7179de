import { expect, test } from "vitest";
import { runOf } from "../../testing/fixtures/runs.ts";
import { operationRows } from "./operation-rows.ts";

const fixture = runOf(1893);
if (fixture === undefined) throw new Error("run 1893 is missing in the fixtures");
const run = fixture;
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 8, 0, second)).toISOString();
const operations = [
  { address: "a.one", action: "create" as const, outcome: "ok" as const, startedAt: at(0), finishedAt: at(4) },
  { address: "a.two", action: "delete" as const, outcome: "running" as const, startedAt: at(5), finishedAt: null },
];

test("an operation that goes on reaches to now; what the plan still wants waits", () => {
  const now = Date.parse(at(10));
  const { rows, total, done } = operationRows({ ...run, status: "running", operations }, now);
  expect([total, done]).toEqual([10, 1]);
  expect(rows.slice(0, 2).map(({ state, bar, seconds }) => [state, bar?.from, bar?.length, seconds])).toEqual([
    ["ok", 0, 0.4, 4],
    ["running", 0.5, 0.5, 5],
  ]);
  expect(rows.slice(2).map(({ state }) => state)).toEqual(run.plan?.resources.map(() => "waits"));
});

test("in a run that has ended an operation without an end is not shown as going on", () => {
  const { rows, total } = operationRows({ ...run, status: "unknown", operations }, Date.parse(at(3_000)));
  expect(total).toBe(5);
  expect(rows[1]).toMatchObject({ state: "unfinished", seconds: 0 });
  expect(rows.at(-1)?.state).toBe("not begun");
});

test("a plan without changes in an apply that did nothing gives no rows", () => {
  expect(operationRows({ ...run, plan: null, operations: [] }, 0)).toEqual({ rows: [], total: 0, done: 0 });
});
