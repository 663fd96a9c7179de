import type { Finding } from "@plumbline/contract";
import { expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { planDetailsOf } from "../plan-queries.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { findRuns } from "../run-queries.ts";
import { startReplayRuns } from "./start-replay-runs.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";

const fixture = await runsFixture();
const { context, organizationId } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, run, statusOf } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");

const finding: Finding = {
  fingerprint: "f",
  rule: "rego",
  severity: "high",
  category: "rego",
  title: "t",
  why: "w",
  fix: "f",
  outcome: "fail",
  chain: [],
  source: "rego",
  controls: [],
};
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const judgement = { findings: [finding], judged: { rules: 1, resources: 1, policies: 1 }, failures: [] };

test("a replay judges the plan of another run by other policies, with no credential and no effect", async () => {
  const { pull, runs } = await plan({ name: "network/dev" }, { name: "network/test" });
  const planRunIds = [runs.get("network/dev") ?? "", runs.get("network/test") ?? ""];
  for (let index = 0; index < 2; index++)
    await carryOut(runner, there(await runner.claim()), { changes: { "lab_bucket.logs": `logs-${index}` } });
  const policies: string[] = [];
  context.repositories.proposedRules = async (_organization, repositoryId, proposed) => {
    expect(proposed.repositoryId).toBe(repositoryId);
    policies.push(proposed.commit);
    return {
      policyConfiguration: "version: 1\nblock: [low]\n",
      rego: [],
      regoTests: [{ path: "policies/a_test.rego", text: "package a" }],
      organization: { repository: "rules", policyConfiguration: null, rego: [], regoTests: [] },
    };
  };
  const request = { pullRequestId: pull.pullRequestId, patchSetId: pull.patchSetId, rulesCommit: "proposed" };
  await fixture.tx((tx) => startReplayRuns(tx, context, organizationId, { ...request, planRunIds }, new Set()));

  const job = there(await runner.claim());
  expect(job).toMatchObject({ kind: "replay", state: "read", apply: null });
  expect(job.check.policyConfiguration).toContain("block: [low]");
  expect(job.check.organization).toEqual({ repository: "rules", policyConfiguration: null, rego: [], regoTests: [] });
  expect(policies).toEqual(["proposed"]);
  expect((await runner.secrets(job, "plan")).json()).toMatchObject({ code: "not_allowed" });
  const given = await runner.call(job, "GET", "plan-json");
  expect(given.json().resource_changes[0].change.after).toEqual({ name: "logs-0" });
  expect((await runner.call(job, "POST", "judged", bytes({ judgement }))).statusCode).toBe(204);
  expect((await runner.finish(job, "finished")).statusCode).toBe(204);
  expect(await run(job.runId)).toMatchObject({ status: "finished", digest: null, proposed: { commit: "proposed" } });
  expect(await fixture.tx((tx) => planDetailsOf(tx, job.runId))).toMatchObject({ findings: [finding], failures: [] });

  // Newer policies take the place of what is still to be done.
  const [waiting] = await fixture.tx((tx) => findRuns(tx, { kind: "replay", status: ["queued"] }));
  await fixture.tx((tx) =>
    startReplayRuns(tx, context, organizationId, { ...request, rulesCommit: "newer", planRunIds: [] }, new Set()),
  );
  expect(await statusOf(waiting?.id)).toEqual(["superseded"]);
  expect(await runner.claim()).toBeUndefined();
});

test("only a replay is given a kept plan, and may report what it was judged to be", async () => {
  await plan({ name: "network/uat" });
  const job = there(await runner.claim());
  expect((await runner.call(job, "GET", "plan-json")).json()).toMatchObject({ code: "wrong_status" });
  expect((await runner.call(job, "POST", "judged", bytes({ judgement }))).json()).toMatchObject({
    code: "wrong_status",
  });
  await carryOut(runner, job);
});

test("replays and drift checks take turns: neither keeps the other from being done", async () => {
  const names = ["database/dev", "database/test", "database/uat"];
  const { pull, runs } = await plan(...names.map((name) => ({ name })));
  for (const _ of names) await carryOut(runner, there(await runner.claim()));
  const { pullRequestId, patchSetId } = pull;
  const request = { pullRequestId, patchSetId, rulesCommit: "proposed", planRunIds: [...runs.values()] };
  await fixture.tx((tx) => startReplayRuns(tx, context, organizationId, request, new Set()));
  const checked = ["network/one", "network/two"];
  fixture.clock.advance(1_000);
  for (const one of (await plan(...checked.map((name) => ({ name })))).runs.values())
    await fixture.database.sql("update runs set kind = 'drift' where run_id = $1", [one]);
  await fixture.database.sql("update runs set finished_at = now() - interval '1 minute' where kind = 'replay'");
  const kinds: string[] = [];
  for (let job = await runner.claim(); job !== undefined; job = await runner.claim()) kinds.push(job.kind);
  expect(kinds).toEqual(["replay", "drift", "drift", "replay", "replay"]);
});
