import { prunedSentence } from "@plumbline/contract/pruned-sentence";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { testApi } from "../../testing/test-api.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { getRun, readLog } from "../showing/read-runs.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import type { FakePlan } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";
import { pruneRuns } from "./prune-runs.ts";

const fixture = await runsFixture();
const { context, database } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge, run, statusOf } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
const days = 86_400;
const auditor: Actor = {
  kind: "person",
  organizationId: fixture.organizationId,
  organization: "acme",
  id: fixture.personId,
  name: "auditor",
  displayName: "Auditor",
  email: null,
  roles: [{ role: "auditor", environments: "*" }],
  scopes: null,
  via: "session",
};

type Pull = Awaited<ReturnType<typeof plan>>["pull"];

/** Has the next run write a line and come to its end. */
async function carryOutLogged(change: FakePlan, serial?: number): Promise<string> {
  const job = there(await runner.claim());
  const at = context.clock.now().toISOString();
  await runner.events(job, [{ type: "log", sequence: 1, at, phase: "plan", lines: [`run ${job.runNumber} speaks`] }]);
  return carryOut(runner, job, change, serial);
}

async function planned(name: string, change: FakePlan = {}): Promise<{ pull: Pull; planId: string }> {
  const { pull, runs } = await plan({ name });
  await carryOutLogged(change);
  return { pull, planId: runs.get(name) ?? "" };
}

async function setStatus(pull: Pull, status: string): Promise<void> {
  await database.sql("update pull_requests set status = $2 where pull_request_id = $1", [pull.pullRequestId, status]);
}

/** Plans, approves, merges and starts the apply of one workspace. */
async function merged(name: string, sequence: number, change: FakePlan) {
  const { pull, planId } = await planned(name, change);
  fixture.approved.add((await run(planId)).digest ?? "");
  await setStatus(pull, "merged");
  const applies = await merge(sequence, [{ name, plannedRunId: planId }], pull);
  return { pull, planId, applyId: applies.get(name) ?? "" };
}

/** What is left of a run: lines of log, plan files, sealed values. */
async function leftOf(runId: string): Promise<{ log: number; files: number; sealed: boolean }> {
  const [row] = await database.sql<{ log: string; files: string; sealed: boolean }>(
    `select (select count(*) from run_events e where e.run_id = r.run_id) as log,
        (select count(*) from run_artifacts a where a.run_id = r.run_id) as files,
        inputs_sealed is not null or planned_outputs_sealed is not null as sealed
      from runs r where run_id = $1`,
    [runId],
  );
  return { log: Number(row?.log), files: Number(row?.files), sealed: row?.sealed ?? false };
}

const whole = { log: 1, files: 2, sealed: true };
const nothing = { log: 0, files: 0, sealed: false };

async function entries() {
  return database.sql<{ text: string; details: { logs: number[]; plans: number[]; bytes: number } }>(
    `select canonical::jsonb ->> 'text' as text, canonical::jsonb -> 'details' as details
      from audit_events where action = 'run.pruned' order by sequence`,
  );
}

const add = (name: string): FakePlan => ({ changes: { [`lab_bucket.${name}`]: "x" } });
const first = await merged("network/dev", 1, add("first"));
await carryOutLogged({}, 1);
const second = await merged("network/dev", 2, add("second"));
await carryOutLogged({}, 2);
const closed = await planned("network/dev", add("closed"));
await setStatus(closed.pull, "closed");
const open = await planned("network/test", add("open"));
const failed = await merged("network/prod", 3, add("failed"));
await runner.finish(there(await runner.claim()), "failed", { code: "engine_failed", detail: "No." });
await database.sql("update runs set finished_at = finished_at - interval '4800 hours'");

test("nothing is pruned where everything is kept for good, nor what is not old enough", async () => {
  expect(await statusOf(first.applyId, second.applyId, failed.applyId)).toEqual(["finished", "finished", "failed"]);
  expect(await pruneRuns(context)).toBe(0);
  context.settings.retention = { logSeconds: 201 * days, planSeconds: 201 * days, appliedPlanSeconds: 201 * days };
  expect(await pruneRuns(context)).toBe(0);
  expect(await leftOf(closed.planId)).toEqual(whole);
  expect(await entries()).toEqual([]);
});

test("what is old and not needed is gone; what is open, still to be applied or applied last is kept", async () => {
  context.settings.retention = { logSeconds: 180 * days, planSeconds: 180 * days, appliedPlanSeconds: null };
  expect(await pruneRuns(context)).toBe(4);
  expect(await leftOf(closed.planId)).toEqual(nothing);
  // The plan that was applied proves what was applied.
  expect(await leftOf(first.planId)).toEqual({ ...whole, log: 0 });
  expect(await leftOf(first.applyId)).toMatchObject({ log: 0 });
  for (const kept of [second.planId, open.planId, failed.planId]) expect(await leftOf(kept)).toEqual(whole);
  for (const kept of [second.applyId]) expect((await leftOf(kept)).log).toBe(1);
});

test("what was planned, found and approved stays, and the run says plainly what is gone", async () => {
  const { digest, number } = await run(closed.planId);
  const shown = await getRun(context, auditor, number);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(shown.plan?.resources).toHaveLength(1);
  expect(shown.phases).not.toEqual([]);
  const at = context.clock.now().toISOString();
  expect(shown.pruned).toEqual({ log: { at, afterDays: 200 }, plan: { at, afterDays: 200 } });
  expect((await getRun(context, auditor, (await run(second.planId)).number)).pruned).toBeUndefined();
  const log = await readLog(context, auditor, number, 0);
  expect(log).toEqual({ lines: [], ended: true, pruned: { at, afterDays: 200 } });
  expect(prunedSentence("log", log.pruned ?? { at: "", afterDays: 0 })).toBe(
    `The log was pruned on ${at.slice(0, 10)}, 200 days after the run ended.`,
  );
});

test("a sweep is one entry that names the runs; on the same day there is no second one", async () => {
  const numbers = await Promise.all(
    [first.planId, first.applyId, closed.planId].map(async (id) => (await run(id)).number),
  );
  expect(await pruneRuns(context)).toBe(0);
  const [entry, ...more] = await entries();
  expect(more).toEqual([]);
  expect(entry?.text).toBe("pruned 3 logs and the plan files of 1 run, which were kept as long as retention says");
  expect(entry?.details).toMatchObject({
    logs: expect.arrayContaining(numbers),
    events: 3,
    plans: [numbers[2]],
    retention: { logs: "180d", plans: "180d", appliedPlans: "forever" },
  });
  expect(entry?.details.bytes).toBeGreaterThan(100);
});

test("plans that were applied go only where that is said, and never the one that was applied last", async () => {
  context.settings.retention = { logSeconds: null, planSeconds: null, appliedPlanSeconds: 180 * days };
  expect(await pruneRuns(context)).toBe(2);
  expect(await leftOf(first.planId)).toEqual(nothing);
  expect(await leftOf(first.applyId)).toEqual(nothing);
  expect(await leftOf(second.planId)).toEqual(whole);
});

test("once a later merge has taken the place of what failed, its plan may go; a state that was left behind may not", async () => {
  context.settings.retention = { logSeconds: null, planSeconds: 180 * days, appliedPlanSeconds: 180 * days };
  await database.sql(
    `insert into run_artifacts (organization_id, run_id, epoch, kind, artifact_id, sha256, size, sealed)
      values ($1, $2, 1, 'errored_state', $3, 's', 1, 'x')`,
    [fixture.organizationId, failed.applyId, database.newId()],
  );
  const next = await merged("network/prod", 4, add("next"));
  await carryOutLogged({}, 1);
  expect(await statusOf(failed.applyId, next.applyId)).toEqual(["superseded", "finished"]);
  await database.sql("update runs set finished_at = now() - interval '200 days' where run_id = $1", [failed.applyId]);
  await pruneRuns(context);
  expect(await leftOf(failed.planId)).toMatchObject({ files: 0, sealed: false });
  expect(await leftOf(failed.applyId)).toMatchObject({ files: 1, sealed: false });
  expect(await leftOf(next.planId)).toEqual(whole);
});

test("what a run under way is to apply or judge is kept, whatever its age", async () => {
  const judged = await planned("network/test", add("judged"));
  await setStatus(judged.pull, "closed");
  await planned("network/test", add("newer"));
  await database.sql("update runs set finished_at = now() - interval '200 days' where run_id = $1", [judged.planId]);
  const replay = await plan({ name: "network/test" });
  const replayId = replay.runs.get("network/test");
  await database.sql("update runs set planned_run_id = $2 where run_id = $1", [replayId, judged.planId]);
  await pruneRuns(context);
  expect(await leftOf(judged.planId)).toEqual(whole);
  await database.sql("update runs set status = 'canceled', finished_at = now() where run_id = $1", [replayId]);
  await pruneRuns(context);
  expect(await leftOf(judged.planId)).toMatchObject({ files: 0 });
});

test("the log of a drift check that cases name goes once they have been closed for as long as logs are kept", async () => {
  const workspaceId = await fixture.workspace("network/drifting");
  const check = async (number: number): Promise<string> => {
    const id = database.newId();
    await database.sql(
      `insert into runs (organization_id, run_id, number, kind, workspace_id, status, code_commit, values_commit, finished_at)
       values ($1, $2, $3, 'drift', $4, 'finished', 'c', 'v', now() - interval '400 days')`,
      [fixture.organizationId, id, number, workspaceId],
    );
    await database.sql(
      `insert into run_events (organization_id, run_id, epoch, sequence, at, type, phase, body, first_line)
       values ($1, $2, 1, 1, now(), 'log', 'plan', '{"lines": ["x"]}', 1)`,
      [fixture.organizationId, id],
    );
    return id;
  };
  const name = async (number: number, opened: string, last: string, closed: string | null, closedDaysAgo?: number) =>
    database.sql(
      `insert into drift_cases (organization_id, drift_case_id, number, workspace_id, status, severity, title, opened_run_id,
         last_run_id, closed_run_id, closed_at, resources, findings, owners, timeline)
       values ($1, gen_random_uuid(), $2, $3, $4, 'low', 't', $5, $6, $7, now() - make_interval(days => $8), '[]', '[]', '[]', '[]')`,
      [
        fixture.organizationId,
        number,
        workspaceId,
        closed === null ? "open" : "closed",
        opened,
        last,
        closed,
        closedDaysAgo ?? null,
      ],
    );
  const [opened, last, closing, newest, unnamed] = await Promise.all([9001, 9002, 9003, 9004, 9005].map(check));
  if (!opened || !last || !closing || !newest || !unnamed) throw new Error("they were not made");
  await name(1, opened, last, closing, 200);
  // The same check may have closed one case and opened the next.
  await name(2, closing, newest, null);
  context.settings.retention = { logSeconds: 180 * days, planSeconds: 180 * days, appliedPlanSeconds: 180 * days };
  await pruneRuns(context);
  const kept = async () =>
    Promise.all([opened, last, closing, newest, unnamed].map(async (id) => (await leftOf(id)).log));
  expect(await kept()).toEqual([0, 0, 1, 1, 1]);
  expect((await getRun(context, auditor, 9001)).pruned).toMatchObject({ log: { afterDays: expect.any(Number) } });
  const close =
    "update drift_cases set status = 'closed', closed_at = now() - make_interval(days => $1) where number = 2";
  await database.sql(close, [179]);
  await pruneRuns(context);
  expect(await kept()).toEqual([0, 0, 1, 1, 1]);
  await database.sql(close, [182]);
  await pruneRuns(context);
  expect(await kept()).toEqual([0, 0, 0, 0, 1]);
});

test("there may be any number of them: each batch commits with its own entry", async () => {
  context.settings.retention = { logSeconds: 180 * days, planSeconds: null, appliedPlanSeconds: null };
  await pruneRuns(context);
  const before = (await entries()).length;
  await database.sql(
    `with made as (
      insert into runs (organization_id, run_id, number, kind, workspace_id, status, code_commit, values_commit, finished_at)
        select organization_id, gen_random_uuid(), 10000 + n, 'plan', workspace_id, 'failed', 'c', 'v',
          now() - make_interval(days => 181 + n)
        from runs, generate_series(1, 501) as n where run_id = $1 returning organization_id, run_id)
    insert into run_events (organization_id, run_id, epoch, sequence, at, type, phase, body, first_line)
      select organization_id, run_id, 1, 1, now(), 'log', 'plan', '{"lines": ["x"]}', 1 from made`,
    [closed.planId],
  );
  expect(await pruneRuns(context)).toBe(501);
  const added = (await entries()).slice(before);
  expect(added.map(({ details }) => details.logs.length)).toEqual([500, 1]);
  expect(added[0]?.details.logs).toContain(10_501);
  expect(added[1]?.details.logs).toEqual([10_001]);
});
