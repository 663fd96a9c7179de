import { expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { findRuns } from "../run-queries.ts";
import { releaseHeldRuns } from "../queue/release-held-runs.ts";
import { runnerRoutes } from "./runner-routes.ts";
import { startApplyRuns, startPlanRuns } from "../starting/start-runs.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";

const fixture = await runsFixture();
const { context, organizationId, tx } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);

test("a plan is claimed, made, approved, applied as it is, and its state is kept", async () => {
  const runner = await fakeRunner(fixture, api.app, "one");
  const workspaceId = await fixture.workspace("network/dev");
  const pull = await fixture.pullRequest();
  const commits = { codeCommit: "c1", valuesCommit: "c1", destroy: false, stage: 0, needs: [] };
  const waiting = runner.claim(5);
  const plans = await tx((t) =>
    startPlanRuns(t, context, organizationId, [
      { ...commits, workspaceId, pullRequestId: pull.pullRequestId, patchSetId: pull.patchSetId },
    ]),
  );
  const job = await waiting;
  if (job === undefined) throw new Error("nothing to claim");
  expect(job).toMatchObject({ kind: "plan", epoch: 1, state: "read", apply: null, directory: "components/network" });
  expect((await runner.state(job, "GET")).statusCode).toBe(404);
  expect((await runner.secrets(job, "apply")).statusCode).toBe(403);
  expect(await carryOut(runner, job, { outputs: { vpc_id: { value: "vpc-1" } } })).toBe("finished");
  const [planned] = await tx((t) => findRuns(t, { kind: "plan" }));
  expect(planned).toMatchObject({ status: "finished", counts: { add: 1 }, blocking: 0, provisional: false });

  fixture.approved.add(planned?.digest ?? "");
  await tx((t) =>
    startApplyRuns(t, context, organizationId, {
      ...pull,
      mergeSequence: 1,
      workspaces: [{ ...commits, workspaceId, plannedRunId: plans.get(workspaceId)?.runId ?? null }],
    }),
  );
  const apply = await runner.claim();
  if (apply === undefined) throw new Error("nothing to apply");
  expect(apply).toMatchObject({
    kind: "apply",
    state: "write",
    apply: { mode: "saved", planSha256: planned?.planSha256 },
  });
  expect((await runner.call(apply, "GET", "plan-file")).body).toBe(`plan of ${job.runId} 1`);
  await carryOut(runner, apply, {}, 1, { vpc_id: "vpc-1" });
  const [applied] = await tx((t) => findRuns(t, { kind: "apply" }));
  expect(applied).toMatchObject({ status: "finished", stateVersionBefore: null, stateVersionAfter: 1 });
  expect((await runner.state(apply, "POST", { late: true })).statusCode).toBe(409);
  const events = await fixture.database.sql<{ action: string }>(
    "select canonical::json->>'action' as action from audit_events order by sequence",
  );
  expect(events.map(({ action }) => action)).toEqual([
    "run.planned",
    "run.finished",
    "run.applying",
    "state.written",
    "run.applied",
  ]);
});

test("a plan that differs from the approved one is held, and applied as shown once it is approved", async () => {
  const runner = await fakeRunner(fixture, api.app, "two");
  const workspaceId = await fixture.workspace("database/dev");
  const pull = await fixture.pullRequest();
  await tx((t) =>
    startApplyRuns(t, context, organizationId, {
      ...pull,
      mergeSequence: 2,
      workspaces: [
        { workspaceId, plannedRunId: null, codeCommit: "c2", valuesCommit: "c2", stage: 0, needs: [], destroy: false },
      ],
    }),
  );
  const first = await runner.claim();
  if (first === undefined) throw new Error("nothing to apply");
  expect(first.apply).toEqual({ mode: "replan", planSha256: null });
  expect(await carryOut(runner, first)).toBe("held");
  const [held] = await tx((t) => findRuns(t, { workspaceId }));
  expect(held).toMatchObject({
    status: "held",
    reason: "It could be planned only now: 1 to add; nobody has approved that yet.",
  });
  expect(await runner.claim()).toBeUndefined();

  fixture.approved.add(held?.digest ?? "");
  await tx((t) => releaseHeldRuns(t, context, organizationId, [held?.id ?? ""]));
  const second = await runner.claim();
  if (second === undefined) throw new Error("not released");
  expect(second.epoch).toBe(2);
  expect(second.apply?.mode).toBe("saved");
  expect((await runner.call(second, "GET", "plan-file")).body).toBe(`plan of ${first.runId} 1`);
  expect((await runner.events(first, [])).statusCode).toBe(409);
  expect(await carryOut(runner, second, {}, 1)).toBe("finished");
});
