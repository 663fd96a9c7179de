import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { systemActor } from "../../access/actor.ts";
import { testApi } from "../../testing/test-api.ts";
import { confirmStopped } from "./confirm-stopped.ts";
import { expireHeldRuns, expireLeases } from "./expire.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { carryOut, fakeRunner, stateFile } from "../testing/fake-runner.ts";
import type { FakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";
import { releaseHeldRuns } from "../queue/release-held-runs.ts";

const fixture = await runsFixture();
const { context, clock, database } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge, run, statusOf } = scenario(fixture);
const [one, two] = await Promise.all(["one", "two"].map((name) => fakeRunner(fixture, api.app, name)));
const somebody = systemActor(fixture.organizationId, "acme");

beforeEach(clear);

/** Leaves nothing claimable behind, so that tests do not see each other's runs. */
async function clear(): Promise<void> {
  await database.sql(
    "update runs set status = 'superseded' where status in ('waits', 'queued', 'running', 'held', 'unknown')",
  );
  await database.sql("update state_leases set ended_at = now() where ended_at is null");
}

async function loseRunner(): Promise<void> {
  clock.advance(31_000);
  await expireLeases(context);
}

/** An apply that has received its writing credential. */
async function applying(name: string, sequence: number, runner: FakeRunner) {
  await merge(sequence, [{ name }]);
  const job = there(await runner.claim());
  fixture.approved.add((await runner.plan(job)).digest);
  expect((await runner.plan(job)).decision).toBe("hold"); // the first answer stands
  await runner.finish(job, "held");
  await fixture.tx((tx) => releaseHeldRuns(tx, context, fixture.organizationId, [job.runId]));
  const apply = there(await runner.claim());
  expect(apply.apply?.mode).toBe("saved");
  expect((await runner.secrets(apply, "apply")).statusCode).toBe(200);
  return apply;
}

test("heartbeats keep a lease; a plan whose runner is lost is queued once more, then it fails", async () => {
  const { runs } = await plan({ name: "a/dev" });
  const job = there(await one!.claim());
  clock.advance(20_000);
  expect(await one!.heartbeat(job)).toEqual([{ runId: job.runId, lease: "held", cancel: false }]);
  clock.advance(20_000);
  await expireLeases(context);
  expect(await statusOf(job.runId)).toEqual(["running"]);
  await loseRunner();
  expect(await statusOf(job.runId)).toEqual(["queued"]);
  const again = there(await two!.claim());
  expect(again).toMatchObject({ runId: job.runId, epoch: 2 });
  expect((await one!.heartbeat(job))[0]?.lease).toBe("lost");
  expect((await one!.finish(job, "finished")).statusCode).toBe(409);
  await loseRunner();
  expect(await run(runs.get("a/dev") ?? "")).toMatchObject({ status: "failed", requeues: 1 });
});

test("an apply that never got the writing credential goes back to the queue; one that did becomes unknown", async () => {
  await merge(1, [{ name: "b/dev" }]);
  const job = there(await one!.claim());
  await loseRunner();
  expect(await statusOf(job.runId)).toEqual(["queued"]);
  const second = there(await one!.claim());
  expect(second.epoch).toBeGreaterThan(job.epoch);
  expect((await one!.state(job, "POST", stateFile(1))).statusCode).toBe(409);
  await one!.plan(second);
  await one!.finish(second, "held");

  const apply = await applying("c/dev", 2, one!);
  await loseRunner();
  expect(await run(apply.runId)).toMatchObject({ status: "unknown" });
  expect((await run(apply.runId)).workspace.frozenReason).toContain("nobody knows what was done");
  const next = await merge(3, [{ name: "c/dev" }]);
  expect((await run(next.get("c/dev") ?? "")).waitsFor).toBe("frozen");
  expect(await two!.claim()).toBeUndefined();
  // The runner was only cut off: nobody else was let in, so what it did counts.
  expect((await one!.state(apply, "POST", stateFile(1))).statusCode).toBe(200);
  expect(await statusOf(apply.runId)).toEqual(["running"]);
  expect((await one!.finish(apply, "finished")).statusCode).toBe(204);
  expect(await run(apply.runId)).toMatchObject({
    status: "finished",
    stateVersionAfter: 1,
    workspace: { frozenReason: null },
  });
  expect(await statusOf(next.get("c/dev"))).toEqual(["queued"]);
});

test("after a confirmation the lost runner can write no more, its state is rescued, and the new plan is held", async () => {
  const apply = await applying("d/dev", 4, one!);
  await one!.call(apply, "PUT", "errored-state", Buffer.from(JSON.stringify(stateFile(1))));
  await loseRunner();
  await expect(confirmStopped(context, somebody, "b/dev", "nothing runs")).rejects.toMatchObject({
    code: "wrong_status",
  });
  await confirmStopped(context, somebody, "d/dev", "I looked: nothing runs.");
  const after = await run(apply.runId);
  expect(after).toMatchObject({
    status: "queued",
    attempt: 2,
    holdRequired: true,
    workspace: { stateVersion: 1, frozenReason: null },
  });
  expect((await one!.state(apply, "POST", stateFile(2))).statusCode).toBe(409);
  expect((await one!.finish(apply, "finished")).statusCode).toBe(409);
  const again = there(await two!.claim());
  expect(again).toMatchObject({ runId: apply.runId, apply: { mode: "replan" } });
  const answer = await two!.plan(again);
  expect(answer).toMatchObject({ decision: "hold", digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await two!.finish(again, "held");
  expect((await run(apply.runId)).reason).toContain("planned anew after an unknown end");
  const [entry] = await database.sql<{ canonical: string }>(
    "select canonical from audit_events where action = 'workspace.confirmed_stopped'",
  );
  expect(entry?.canonical).toContain("I looked: nothing runs.");
});

test("a state left behind that does not fit freezes the workspace instead of being stored", async () => {
  const apply = await applying("e/dev", 5, one!);
  await one!.state(apply, "POST", stateFile(1));
  await one!.call(apply, "PUT", "errored-state", Buffer.from(JSON.stringify(stateFile(2, {}, "another"))));
  await one!.finish(apply, "failed", { code: "engine_failed", detail: "could not store the state" });
  expect(await run(apply.runId)).toMatchObject({ status: "failed", stateVersionAfter: 1 });
  expect((await run(apply.runId)).workspace.frozenReason).toContain("lineage another");
  await confirmStopped(context, somebody, "e/dev", "The left state was looked at.");
  expect((await run(apply.runId)).workspace.frozenReason).toBeNull();
});

test("a held run expires after its time and can be tried again", async () => {
  await merge(6, [{ name: "f/dev" }]);
  expect(await carryOut(one!, there(await one!.claim()))).toBe("held");
  const [held] = await fixture.database.sql<{ run_id: string }>(
    "select run_id from runs where status = 'held' order by number desc limit 1",
  );
  clock.advance(6 * 86_400_000);
  await expireHeldRuns(context);
  expect(await statusOf(held?.run_id)).toEqual(["held"]);
  clock.advance(86_400_000 + 1_000);
  await expireHeldRuns(context);
  expect(await run(held?.run_id ?? "")).toMatchObject({
    status: "expired",
    reason: "Nobody approved it within 7 days.",
  });
});

test("a revoked runner's calls are refused and its runs end like those of a lost one", async () => {
  const three = await fakeRunner(fixture, api.app, "three");
  await plan({ name: "g/dev" });
  const job = there(await three.claim());
  await database.sql("update runners set revoked_at = now() where name = 'three'");
  expect((await three.events(job, [])).statusCode).toBe(401);
  await expireLeases(context);
  expect(await statusOf(job.runId)).toEqual(["queued"]);
});

test("however runs are claimed at once, none is given out twice and no workspace has two writers", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `m${index}/dev`);
  await plan(...names.map((name) => ({ name })));
  await merge(
    7,
    names.map((name) => ({ name })),
  );
  await merge(
    8,
    names.map((name) => ({ name })),
  );
  const many = await Promise.all(
    Array.from({ length: 6 }, (_, index) => fakeRunner(fixture, api.app, `many-${index}`)),
  );
  const claimed = (
    await Promise.all(many.flatMap((runner) => Array.from({ length: 6 }, () => runner.claim())))
  ).flatMap((job) => job ?? []);
  expect(new Set(claimed.map(({ runId }) => runId)).size).toBe(claimed.length);
  expect(claimed.filter(({ kind }) => kind === "plan")).toHaveLength(12);
  const writers = claimed.filter(({ kind }) => kind === "apply").map(({ workspace }) => workspace.name);
  expect(new Set(writers).size).toBe(12);
  expect(writers).toHaveLength(12);
});

test("under any order of losses, returns and confirmations at most one epoch can write", async () => {
  const steps = fc.array(fc.constantFrom("claim", "lose", "confirm", "write", "late-write", "finish", "retry"), {
    maxLength: 14,
  });
  let sequence = 100;
  await fc.assert(
    fc.asyncProperty(steps, async (chosen) => {
      const name = `p${sequence}/dev`;
      const apply = await applying(name, sequence++, one!);
      const jobs = [apply];
      let serial = 0;
      const wrong: string[] = [];
      for (const step of chosen) {
        const newest = jobs.at(-1) ?? apply;
        if (step === "claim") {
          const job = await two!.claim();
          if (job?.workspace.name === name) jobs.push(job);
        }
        if (step === "lose") await loseRunner();
        if (step === "confirm")
          await confirmStopped(context, somebody, name, "nothing runs any more").catch(() => undefined);
        if (step === "finish")
          await (jobs.length === 1 ? one! : two!).finish(newest, "failed", { code: "engine_failed", detail: "x" });
        if (step === "write" || step === "late-write") {
          const job = step === "write" ? newest : apply;
          const answer = await (job === apply ? one! : two!).state(job, "POST", stateFile(++serial));
          const { open } = (
            await database.sql<{ open: number | null }>(
              "select max(epoch) filter (where ended_at is null) as open from state_leases where run_id = $1",
              [apply.runId],
            )
          )[0] ?? { open: null };
          if ((answer.statusCode === 200) !== (open === job.epoch)) wrong.push(`${step}: ${answer.statusCode}`);
        }
      }
      const [leases] = await database.sql<{ open: number }>(
        "select count(*) filter (where ended_at is null) as open from state_leases where run_id = $1",
        [apply.runId],
      );
      expect(wrong).toEqual([]);
      expect(Number(leases?.open)).toBeLessThanOrEqual(1);
      await clear();
    }),
    { numRuns: 25 },
  );
});
