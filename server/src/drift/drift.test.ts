import type { PullRequest } from "@plumbline/contract";
import { readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import type { Notice } from "../notifications/notify.ts";
import { carryOut, fakeRunner } from "../runs/testing/fake-runner.ts";
import type { FakePlan } from "../runs/testing/fake-runner.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { scenario, there } from "../runs/testing/scenario.ts";
import { runnerRoutes } from "../runs/runner-calls/runner-routes.ts";
import { testApi } from "../testing/test-api.ts";
import { listWorkspaces } from "../workspaces/list-workspaces.ts";
import type { WorkspacesContext } from "../workspaces/workspaces-context.ts";
import type { DriftContext, RevertRequest } from "./drift-context.ts";
import { forgetChecks } from "./forget-checks.ts";
import { driftFacts, driftStandings } from "./drift-facts.ts";
import { driftRoutes } from "./drift-routes.ts";
import { judgeCheck } from "./judge-check.ts";
import { listenToRuns } from "./listen-to-runs.ts";
import { revertDrift } from "./revert-drift.ts";
import { raiseOverdueAlarms } from "./raise-overdue-alarms.ts";
import { startDueChecks } from "./watch.ts";

const fixture = await runsFixture();
const { context: runs, database, clock, organizationId } = fixture;
const somebody: Actor = systemActor(organizationId, "acme");
const api = await testApi<Actor>({ authenticate: async () => somebody });
const notices: Notice[] = [];
const reverts: RevertRequest[] = [];
const context: DriftContext = {
  ...runs,
  runs,
  notify: async (_tx, _organizationId, notice) => void notices.push(notice),
  readRules: async () => ({
    policyConfiguration: null,
    codeOwners: readCodeOwners("components/firewall/ @owner\nenvironments/ @owner2"),
    configuration: fixture.configuration,
  }),
  peopleNamed: async (_tx, owners) => [...owners],
  async openRevert(_actor, request) {
    reverts.push(request);
    const { number } = await fixture.pullRequest();
    return { number } as PullRequest;
  },
  settings: { graceSeconds: 120 },
};
runs.listeners.push(listenToRuns(context));
runnerRoutes(api.app, runs);
driftRoutes(api, context);
const workspaces: WorkspacesContext = {
  ...runs,
  runs,
  mainConfiguration: async () => fixture.configuration,
  mainFile: async () => null,
  driftFacts,
  driftStandings,
  places: new WeakMap(),
  variableTimes: async () => new Map(),
  code: {
    head: async () => null,
    configurationAt: async () => undefined,
    sources: async () => [],
    values: async () => [],
  },
};
const { merge, run } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
fixture.configuration.components.push({
  name: "firewall",
  path: "components/firewall",
  layer: "platform",
  inputs: [],
  dependsOn: [],
  modules: [],
  engine: { name: "terraform", version: "~> 1.10" },
  place: { file: "plumbline.yaml", line: 1 },
});
const name = "firewall/prod";

const stateOf = async (workspace = name) =>
  (await listWorkspaces(workspaces, somebody, { limit: 50 })).items.find((item) => item.name === workspace);
const get = async (path: string) => (await api.app.inject({ method: "GET", url: `/api/v1/${path}` })).json();
const post = (path: string, payload: object = {}) =>
  api.app.inject({ method: "POST", url: `/api/v1/${path}`, payload });

async function apply(workspace: string, sequence: number): Promise<void> {
  await merge(sequence, [{ name: workspace }]);
  const job = there(await runner.claim());
  expect((await runner.plan(job, { changes: {} })).decision).toBe("apply");
  await runner.secrets(job, "apply");
  await runner.state(job, "POST", { version: 4, serial: sequence, lineage: workspace, resources: [] });
  await runner.finish(job, "finished");
}

/** Lets the next due check find this. */
async function check(found: FakePlan | "failed"): Promise<number> {
  clock.advance(60_000);
  expect(await startDueChecks(context)).toBeGreaterThan(0);
  expect(await startDueChecks(context)).toBe(0);
  const job = there(await runner.claim());
  expect(job).toMatchObject({ kind: "drift", state: "read", apply: null });
  if (found === "failed")
    await runner.finish(job, "failed", { code: "engine_failed", detail: "The cloud is not reachable." });
  else await carryOut(runner, job, { changes: {}, ...found });
  await judgeCheck(context, organizationId, job.runId);
  await judgeCheck(context, organizationId, job.runId);
  return job.runNumber;
}

const rule = (cidr: string) => ({ name: "db", ingress: [{ port: 5432, protocol: "tcp", cidr, description: "" }] });
const opened: FakePlan = {
  outside: {
    "lab_firewall.db": [{ name: "db", ingress: [] }, rule("0.0.0.0/0")],
    "lab_bucket.logs": [
      { name: "logs", tags: { team: "a" } },
      { name: "logs", tags: { team: "b" } },
    ],
  },
};

test("what was changed outside becomes a case with words, severity and owners; a check that finds nothing closes it", async () => {
  await fixture.workspace(name);
  await database.sql("update workspaces set drift_every_seconds = 60");
  await apply(name, 1);
  await check({});
  expect(await stateOf()).toMatchObject({ state: "in_sync", overdue: false, verifiedAt: expect.any(String) });

  const openedBy = await check(opened);
  const { items } = await get("drift-cases");
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    number: 1,
    workspace: name,
    status: "open",
    severity: "critical",
    title: "Port 5432 of lab_firewall.db is open to 0.0.0.0/0, and 1 more resource",
    owners: ["owner", "owner2"],
    resources: 2,
    lastCleanAt: expect.any(String),
  });
  const found = await get("drift-cases/1");
  expect(found).toMatchObject({ openedRun: openedBy, lastRun: openedBy, can: { revert: { allowed: true } } });
  expect(found.findings.map((finding: { rule: string }) => finding.rule)).toContain("lab-firewall-world-open-database");
  const firewall = found.changes.find(({ address }: { address: string }) => address === "lab_firewall.db");
  expect(firewall.attributes).toContainEqual(
    expect.objectContaining({ path: "ingress[0].port", after: { kind: "value", text: "5432" } }),
  );
  expect(await stateOf()).toMatchObject({ state: "drifted", severity: "critical", driftCase: 1 });
  expect(notices.at(-1)).toMatchObject({
    event: "drift_opened",
    recipients: ["@owner", "@owner2"],
    environments: ["prod"],
    link: "/drift/1",
  });

  const again = await check(opened);
  expect((await get("drift-cases")).items).toHaveLength(1);
  expect(await get("drift-cases/1")).toMatchObject({ openedRun: openedBy, lastRun: again });
  await check({ outside: { "lab_bucket.logs": [{ name: "logs" }, null] } });
  expect(await get("drift-cases/1")).toMatchObject({ severity: "high", title: "lab_bucket.logs was deleted" });

  await revertDrift(context, somebody, 1, "OPS-1");
  expect(reverts).toEqual([
    expect.objectContaining({
      workspace: name,
      driftCase: 1,
      ticket: "OPS-1",
      title: "Undo in firewall/prod: lab_bucket.logs was deleted",
    }),
  ]);
  expect(await get("drift-cases/1")).toMatchObject({ status: "reverting", pullRequest: 2 });
  expect((await post("drift-cases/1/revert")).statusCode).toBe(409);
  await database.sql("update pull_requests set status = 'closed' where number = 2");
  expect(await get("drift-cases/1")).toMatchObject({ status: "open", can: { revert: { allowed: true } } });

  const closedBy = await check({});
  expect(await get("drift-cases/1")).toMatchObject({ status: "closed", closedRun: closedBy });
  expect(await stateOf()).toMatchObject({ state: "in_sync", driftCase: null });
  expect((await stateOf())?.lane.map(({ severity }) => severity)).toEqual([null, "high"]);
  const entries = await database.sql<{ action: string }>(
    "select action from audit_events where action like 'drift%' order by sequence",
  );
  expect(entries.map(({ action }) => action)).toEqual([
    "drift_case.opened",
    "drift_case.changed",
    "drift_case.reverting",
    "drift_case.closed",
  ]);
});

test("a check that fails closes nothing and is shown; one that does not come in time raises one alarm until one ends", async () => {
  await check(opened);
  await check("failed");
  expect((await get("drift-cases/2")).status).toBe("open");
  await check({});
  await check("failed");
  expect(await stateOf()).toMatchObject({
    state: "unknown",
    sentence: "The last check failed: The cloud is not reachable.",
  });

  clock.advance(190_000);
  await startDueChecks(context); // no runner takes it
  await raiseOverdueAlarms(context);
  await raiseOverdueAlarms(context);
  expect(await stateOf()).toMatchObject({ overdue: true });
  expect(notices.filter(({ event }) => event === "check_overdue")).toMatchObject([
    { environments: ["prod"], link: expect.stringMatching(/^\/workspaces\/[^/%]+\/prod$/) },
  ]);
  const job = there(await runner.claim());
  await carryOut(runner, job, { changes: {} });
  await judgeCheck(context, organizationId, job.runId);
  expect(await stateOf()).toMatchObject({ overdue: false, state: "in_sync" });
});

test("checks compare with what was applied: a merge that waits is no drift, and nothing is checked while it is applied", async () => {
  clock.advance(60_000);
  await merge(2, [{ name, commit: "c2" }]);
  expect(await startDueChecks(context)).toBe(1);
  expect(await runner.claim()).toMatchObject({ kind: "apply" });
  expect(await runner.claim()).toBeUndefined();
  expect((await post(`workspaces/${encodeURIComponent(name)}/drift-checks`)).json().code).toBe("wrong_status");
  await database.sql("update runs set status = 'failed' where kind = 'apply' and status = 'running'");
  await database.sql("update state_leases set ended_at = now()");
  const asked = await post(`workspaces/${encodeURIComponent(name)}/drift-checks`);
  expect(asked.statusCode).toBe(200);
  expect((await post(`workspaces/${encodeURIComponent(name)}/drift-checks`)).json().number).toBe(asked.json().number);
  const job = there(await runner.claim());
  expect(await run(job.runId)).toMatchObject({ kind: "drift", codeCommit: "c1", number: asked.json().number });
  await runner.finish(job, "canceled");
});

test("a check that waited while something was applied says nothing: it would compare with what was there before", async () => {
  clock.advance(60_000);
  expect(await startDueChecks(context)).toBe(1);
  const cases = (await get("drift-cases")).items.length;
  clock.advance(1_000);
  await apply(name, 3);
  clock.advance(1_000);
  const job = there(await runner.claim());
  expect(job.kind).toBe("drift");
  await carryOut(runner, job, { changes: {}, ...opened });
  await judgeCheck(context, organizationId, job.runId);
  expect((await get("drift-cases")).items).toHaveLength(cases);
  // Another one comes at once, and counts.
  expect(await startDueChecks(context)).toBe(1);
  const again = there(await runner.claim());
  await carryOut(runner, again, { changes: {}, ...opened });
  await judgeCheck(context, organizationId, again.runId);
  expect((await get("drift-cases")).items).toHaveLength(cases + 1);
});

test("old checks are forgotten, except those that a case tells of", async () => {
  const count = async () =>
    Number(
      (await database.sql<{ count: number }>("select count(*) as count from runs where kind = 'drift'"))[0]?.count,
    );
  const before = await count();
  clock.advance(8 * 86_400_000);
  const forgotten = await forgetChecks(context);
  expect(forgotten).toBeGreaterThan(0);
  expect(await count()).toBe(before - forgotten);
  expect(await get("drift-cases/1")).toMatchObject({ status: "closed", openedRun: expect.any(Number) });
  expect(await database.sql("select from run_artifacts join runs using (run_id) where runs.kind = 'drift'")).toEqual(
    [],
  );
});
