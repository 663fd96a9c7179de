import { expect, test } from "vitest";
import { driftCases } from "../../testing/fixtures/drift.ts";
import { me } from "../../testing/fixtures/people.ts";
import { pullRequests } from "../../testing/fixtures/pull-requests.ts";
import { runs } from "../../testing/fixtures/runs.ts";
import { workspaces } from "../../testing/fixtures/workspaces.ts";
import { findItems, paletteItems } from "./palette-items.ts";

const all = paletteItems({ workspaces, pullRequests, cases: driftCases, runs }, me);
const idsOf = (query: string) => findItems(all, query).map(({ id }) => id);
const nothing = { workspaces: [], pullRequests: [], cases: [], runs: [] };

test("every word must be in it; what begins with it comes first", () => {
  const found = findItems(paletteItems({ ...nothing, workspaces }, me), "database pr");
  expect(found.slice(0, 4).map(({ label }) => label)).toEqual([
    "database/prod",
    "Check drift of database/prod",
    "Audit of database/prod",
    "Apply database/prod",
  ]);
});

test("a forbidden action is shown with the reason and does nothing", () => {
  const [reader] = [{ ...me, roles: [{ role: "reader" as const, environments: "*" }] }];
  const items = paletteItems({ ...nothing, workspaces }, reader);
  expect(items.find(({ label }) => label === "Check drift of database/prod")).toMatchObject({
    why: "not allowed: only who may operate prod",
    act: { kind: "none" },
  });
  expect(items.find(({ label }) => label === "Apply database/prod")?.why).toBe(
    "not allowed: applies come from merges only",
  );
  expect(all.find(({ label }) => label === "Check drift of database/prod")?.act.kind).toBe("check-drift");
});

test("pull requests, runs and cases are named by their numbers, and lead to their pages", () => {
  const [pullRequest, run, drift] = [pullRequests[1], runs[2], driftCases[1]];
  expect(idsOf(`#${pullRequest?.number}`)[0]).toBe(`pull-request:${pullRequest?.number}`);
  expect(idsOf(`run ${run?.number}`)[0]).toBe(`run:${run?.number}`);
  expect(idsOf(String(run?.number))[0]).toBe(`run:${run?.number}`);
  expect(idsOf(`case ${drift?.number}`)[0]).toBe(`case:${drift?.number}`);
  const hrefs = [`run ${run?.number}`, `case ${drift?.number}`].map((query) => findItems(all, query)[0]?.act);
  expect(hrefs).toEqual([
    { kind: "go", href: `/runs/${run?.number}` },
    { kind: "go", href: `/drift/${drift?.number}` },
  ]);
});

test("cases are found by title and workspace, and of each kind some stand in what is offered", () => {
  expect(idsOf("5432 open")).toEqual(["case:57"]);
  expect(idsOf("case database/prod")).toEqual(expect.arrayContaining(["case:57", "case:44"]));
  const kinds = new Set(findItems(all, "database").map(({ kind }) => kind));
  for (const kind of ["workspace", "action", "case", "run"]) expect(kinds).toContain(kind);
  expect(findItems(all, "database").length).toBeLessThanOrEqual(12);
});

test("before anything is typed the newest pull requests, cases and runs are offered, then pages", () => {
  const kinds = findItems(all, " ").map(({ kind }) => kind);
  expect([...new Set(kinds)]).toEqual(["pull-request", "case", "run", "page"]);
  expect(findItems(all, "")[0]?.id).toBe(`pull-request:${pullRequests[0]?.number}`);
});

test("of workspaces that two repositories name alike each is told apart, and led to", () => {
  const [one] = workspaces;
  if (one === undefined) throw new Error("There are workspaces.");
  const twins = [one, { ...one, repository: "second" }];
  const items = paletteItems({ ...nothing, workspaces: twins }, me).filter(({ id }) => id.includes(one.name));
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(items.find(({ label }) => label === `second:${one.name}`)?.act).toEqual({
    kind: "go",
    href: `/workspaces/second:${one.name}`,
  });
  expect(items.find(({ label }) => label === `Check drift of second:${one.name}`)?.act).toEqual({
    kind: "check-drift",
    workspace: `second:${one.name}`,
  });
});
