import type { Severity } from "@plumbline/contract";
import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { scenario } from "../runs/testing/scenario.ts";
import { countStandings, sumOf } from "./count-standings.ts";
import { readStandings } from "./read-standings.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

const fixture = await runsFixture();
const { context: runs, organizationId, database } = fixture;
const drift = { drifted: new Map<string, Severity>(), overdue: new Set<string>() };
const unused = async () => {
  throw new Error("not asked for here");
};
const context: WorkspacesContext = {
  ...runs,
  runs,
  mainConfiguration: async () => fixture.configuration,
  mainFile: unused,
  driftFacts: unused,
  places: new WeakMap(),
  driftStandings: async () => drift,
  variableTimes: unused,
  code: { head: unused, configurationAt: unused, sources: unused, values: unused },
};
const everybody = systemActor(organizationId, "acme");
const auditorOf = (environments: string): Actor => ({
  ...everybody,
  kind: "person",
  roles: [{ role: "auditor", environments }],
});

const names = ["a/dev", "b/dev", "c/dev", "d/dev", "e/dev", "f/dev", "g/test", "left/test", "gone/prod", "h/prod"];
const ids = new Map<string, string>();
for (const name of names) ids.set(name, await fixture.workspace(name));
await database.sql(
  "update workspaces set applied_code_commit = 'c', verified_at = now() - interval '1 hour' where component <> 'f'",
);
await database.sql("update workspaces set declared = false, resource_count = 3 where component = 'left'");
await database.sql("update workspaces set declared = false where component = 'gone'");
await database.sql("update workspaces set frozen_at = now() where component = 'b'");
await database.sql("update workspaces set check_failed = true where component = 'c'");
await database.sql("update workspaces set verified_at = now() where component = 'd'");
drift.drifted.set(ids.get("d/dev") ?? "", "high");
drift.overdue.add(ids.get("e/dev") ?? "");
await scenario(fixture).merge(1, [{ name: "h/prod" }]);

test("what is well is counted, everything else is named, and together they say what all rows say", async () => {
  const counted = await countStandings(context, everybody, { repository: "shop" });
  expect(counted.well.map(({ environment, count, verified }) => [environment, count, verified])).toEqual([
    ["dev", 1, 1],
    ["prod", 0, 0],
    ["test", 2, 2],
  ]);
  expect(new Map(counted.others.map(({ name, state }) => [name, state]))).toEqual(
    new Map([
      ["b/dev", "frozen"],
      ["c/dev", "unknown"],
      ["d/dev", "drifted"],
      ["e/dev", "unknown"],
      ["f/dev", "never_applied"],
      ["h/prod", "running"],
    ]),
  );
  const all = await readStandings(context, everybody, { repository: "shop" });
  expect(sumOf(counted)).toEqual({
    total: all.length,
    inSync: all.filter(({ state }) => state === "in_sync").length,
  });
  expect(counted.others).toEqual(all.filter(({ state }) => state !== "in_sync"));
});

test("when something was verified last is told of those that are not well, too", async () => {
  const { well } = await countStandings(context, everybody, {});
  const [newest] = await database.sql<{ at: Date }>("select max(verified_at) as at from workspaces");
  expect(well.find(({ environment }) => environment === "dev")?.verifiedAt).toEqual(newest?.at);
  expect(await countStandings(context, everybody, { repository: "another" })).toEqual({ well: [], others: [] });
});

test("nobody is told of environments that he may not read, not even a number", async () => {
  const { well, others } = await countStandings(context, auditorOf("test"), {});
  expect(well.map(({ environment }) => environment)).toEqual(["test"]);
  expect(others).toEqual([]);
});
