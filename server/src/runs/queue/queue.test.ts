import { expect, test } from "vitest";
import { systemActor } from "../../access/actor.ts";
import { testApi } from "../../testing/test-api.ts";
import { cancelRun } from "../cancel-run.ts";
import { releaseRuns } from "./release-runs.ts";
import { retryRun } from "../starting/retry-run.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";

const fixture = await runsFixture();
const { context, database, organizationId } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge, run, statusOf } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
const somebody = systemActor(fixture.organizationId, "acme");
fixture.configuration.components.push(component("network"), component("database", [["vpc_id", "network", "vpc_id"]]));

test("a plan waits for its upstream and is provisional where a planned output differs from the real one", async () => {
  const { runs } = await plan({ name: "network/dev" }, { name: "database/dev", needs: ["network/dev"] });
  const [network, database] = [runs.get("network/dev") ?? "", runs.get("database/dev") ?? ""];
  expect(await run(database)).toMatchObject({
    status: "waits",
    waitsFor: "upstream",
    reason: "waits for the plan of network/dev (run 1)",
  });
  await carryOut(runner, there(await runner.claim()), { outputs: { vpc_id: { value: "vpc-new" } } });
  expect(await statusOf(network, database)).toEqual(["finished", "queued"]);
  expect(await run(database)).toMatchObject({ provisional: true });
  const job = there(await runner.claim());
  const secrets = (await runner.secrets(job, "plan")).json();
  expect(secrets).toEqual({ environment: { TF_VAR_vpc_id: "vpc-new" }, mask: [] });
  await carryOut(runner, job);
});

test("a plan that needs a value known after apply waits, and says for what; the apply is planned and held", async () => {
  const { pull, runs } = await plan({ name: "network/test" }, { name: "database/test", needs: ["network/test"] });
  await carryOut(runner, there(await runner.claim()), { outputs: { vpc_id: { unknown: true } } });
  const waiting = await run(runs.get("database/test") ?? "");
  expect(waiting).toMatchObject({
    status: "waits",
    waitsFor: "outputs",
    reason: "needs vpc_id of network/test, known after apply",
  });
  expect(await runner.claim()).toBeUndefined();

  const planned = await run(runs.get("network/test") ?? "");
  fixture.approved.add(planned.digest ?? "");
  const applies = await merge(
    1,
    [
      { name: "database/test", needs: ["network/test"] },
      { name: "network/test", plannedRunId: planned.id },
    ],
    pull,
  );
  expect(await statusOf(waiting.id)).toEqual(["superseded"]);
  const [network, database] = [applies.get("network/test") ?? "", applies.get("database/test") ?? ""];
  expect(await run(database)).toMatchObject({ status: "waits", waitsFor: "needs" });
  await carryOut(runner, there(await runner.claim()), {}, 1, { vpc_id: "vpc-7" });
  expect(await statusOf(network, database)).toEqual(["finished", "queued"]);
  const job = there(await runner.claim());
  expect((await runner.secrets(job, "plan")).json().environment).toEqual({ TF_VAR_vpc_id: "vpc-7" });
  expect(await carryOut(runner, job)).toBe("held");
  await cancelRun(context, somebody, job.runNumber);
});

test("an upstream plan that fails cancels what depends on it, and what depends on that", async () => {
  const { runs } = await plan(
    { name: "network/prod" },
    { name: "database/prod", needs: ["network/prod"] },
    { name: "shop/prod", needs: ["database/prod"] },
  );
  const job = there(await runner.claim());
  await runner.finish(job, "failed", { code: "engine_failed", detail: "Invalid HCL in main.tf." });
  expect(await statusOf(...runs.values())).toEqual(["failed", "canceled", "canceled"]);
  expect((await run(runs.get("database/prod") ?? "")).reason).toContain("network/prod");
});

test("environments go one after the other, merges in order, and a failed apply holds back what follows", async () => {
  const first = await merge(10, [
    { name: "cache/dev", stage: 0 },
    { name: "cache/test", stage: 1 },
  ]);
  const second = await merge(11, [{ name: "cache/dev", stage: 0 }]);
  const [dev, test1, later] = [first.get("cache/dev"), first.get("cache/test"), second.get("cache/dev")];
  expect(await statusOf(dev, test1, later)).toEqual(["queued", "waits", "waits"]);
  expect((await run(test1 ?? "")).waitsFor).toBe("stage");
  expect((await run(later ?? "")).waitsFor).toBe("queue");

  const job = there(await runner.claim());
  const { digest } = await runner.plan(job);
  expect(await runner.claim()).toBeUndefined();
  await runner.finish(job, "failed", { code: "engine_failed", detail: "The cloud said no." });
  expect(await statusOf(dev, test1, later)).toEqual(["failed", "waits", "waits"]);
  expect((await run(later ?? "")).reason).toContain("which failed");

  fixture.approved.add(digest);
  await retryRun(context, somebody, (await run(dev ?? "")).number);
  const again = there(await runner.claim());
  expect(again).toMatchObject({ runId: dev, epoch: 2 });
  expect(await carryOut(runner, again)).toBe("finished");
  expect(await statusOf(dev, test1, later)).toEqual(["finished", "queued", "queued"]);
  for (const left of [there(await runner.claim()), there(await runner.claim())]) await runner.finish(left, "canceled");
});

test("a retry after a part was applied goes on where the rest was approved, and is held where it was not", async () => {
  const both = { changes: { "lab_bucket.a": "a", "lab_bucket.b": "b" } };
  const planned = await plan({ name: "store/dev" });
  const planJob = there(await runner.claim());
  await carryOut(runner, planJob, both);
  fixture.approved.add((await run(planJob.runId)).digest ?? "");
  const applies = await merge(20, [{ name: "store/dev", plannedRunId: planJob.runId }], planned.pull);
  const job = there(await runner.claim());
  expect(job.apply?.mode).toBe("saved");
  await runner.secrets(job, "apply");
  await runner.state(job, "POST", { version: 4, serial: 1, lineage: "store", resources: [] });
  await runner.finish(job, "failed", { code: "engine_failed", detail: "b failed" });

  await retryRun(context, somebody, job.runNumber);
  const second = there(await runner.claim());
  expect(second.apply?.mode).toBe("replan");
  expect((await runner.plan(second, { changes: { "lab_bucket.b": "other" } })).decision).toBe("hold");
  await runner.finish(second, "canceled");
  await retryRun(context, somebody, job.runNumber);
  const third = there(await runner.claim());
  expect((await runner.plan(third, { changes: { "lab_bucket.b": "b" } })).decision).toBe("apply");
  await runner.finish(third, "finished");
  expect(await run(applies.get("store/dev") ?? "")).toMatchObject({
    status: "finished",
    attempt: 3,
    stateVersionAfter: 1,
  });
});

test("a later merge supersedes what is stuck, and what waits behind it", async () => {
  const first = await merge(30, [
    { name: "queue/dev", stage: 0 },
    { name: "queue/test", stage: 1 },
  ]);
  expect(await carryOut(runner, there(await runner.claim()))).toBe("held");
  const second = await merge(31, [{ name: "queue/dev" }, { name: "queue/test", stage: 1 }]);
  expect(await statusOf(...first.values())).toEqual(["superseded", "superseded"]);
  expect(await statusOf(...second.values())).toEqual(["queued", "waits"]);
  const job = there(await runner.claim());
  fixture.approved.add((await runner.plan(job, { changes: {} })).digest);
  await runner.finish(job, "finished");
  expect(await statusOf(...second.values())).toEqual(["finished", "queued"]);
});

test("a plan with blocking findings, or one that was not judged, is never applied by itself", async () => {
  await merge(40, [{ name: "open/dev" }]);
  const job = there(await runner.claim());
  expect((await runner.plan(job, { judgement: null })).decision).toBe("hold");
  expect(await run(job.runId)).toMatchObject({ blocking: 1 });
  expect((await runner.finish(job, "finished")).statusCode).toBe(409);
  expect((await runner.finish(job, "held")).statusCode).toBe(204);
  expect((await runner.finish(job, "held")).statusCode).toBe(204);
  expect(await statusOf(job.runId)).toEqual(["held"]);
});

function component(name: string, inputs: [string, string, string][] = []) {
  return {
    name,
    path: `components/${name}`,
    layer: "platform",
    inputs: inputs.map(([variable, upstream, output]) => ({ variable, component: upstream, output })),
    dependsOn: inputs.map(([, upstream]) => upstream),
    modules: [],
    engine: { name: "terraform" as const, version: "~> 1.10" },
    place: { file: "plumbline.yaml", line: 1 },
  };
}

test("one client's applies do not wait for another's, and are not told of environments that are not theirs", async () => {
  const started = await merge(71, [
    { name: "portal/staging", stage: 0 },
    { name: "portal/initech/test", stage: 1 },
    { name: "portal/globex/test", stage: 2 },
    { name: "portal/globex/prod", stage: 3 },
  ]);
  const idOf = (name: string) => started.get(name) ?? "";
  expect((await run(idOf("portal/globex/test"))).reason).toBe(
    "waits for an environment before it in the same merge, which has not been applied yet",
  );
  expect((await run(idOf("portal/globex/prod"))).waitsFor).toBe("stage");
  await database.sql("update runs set status = 'finished' where run_id = $1", [idOf("portal/staging")]);
  await fixture.tx((tx) => releaseRuns(tx, context, organizationId));
  expect(await statusOf(idOf("portal/initech/test"), idOf("portal/globex/test"))).toEqual(["queued", "queued"]);
  expect((await run(idOf("portal/globex/prod"))).reason).toMatch(
    /^waits for globex\/test: run \d+ of portal\/globex\/test/,
  );
});
