import type { Finding } from "@plumbline/contract";
import { beforeEach, expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { carryOut, fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";
import { runnerRoutes } from "./runner-routes.ts";

const fixture = await runsFixture();
const { context } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge, run } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
const gate = { ...context.gate };
let sequence = 0;

const finding: Finding = {
  fingerprint: "f",
  rule: "lab-bucket-public",
  severity: "high",
  category: "network",
  title: "Everybody reads it",
  why: "w",
  fix: "f",
  outcome: "fail",
  chain: [],
  source: "plumbline",
  controls: [],
};
const blocked = { findings: [finding], judged: { rules: 1, resources: 1, policies: 0 }, failures: [] };

function mainSays(policyConfiguration: string): void {
  context.repositories.readRules = async () => ({ policyConfiguration, rego: [], regoTests: [], organization: null });
}

/** A plan that was approved and merged; answers its apply run. */
async function merged(name: string): Promise<string> {
  const { pull, runs } = await plan({ name });
  await carryOut(runner, there(await runner.claim()));
  const planned = await run(runs.get(name) ?? "");
  fixture.approved.add(planned.digest ?? "");
  const applies = await merge(++sequence, [{ name, plannedRunId: planned.id }], pull);
  return applies.get(name) ?? "";
}

beforeEach(() => {
  mainSays("version: 1\n");
  context.gate = { ...gate };
});

test("an approved plan is applied as it is while the policies that judged it hold", async () => {
  await merged("network/dev");
  const job = there(await runner.claim());
  expect(job.apply).toMatchObject({ mode: "saved" });
  await carryOut(runner, job);
});

test("policies that became stricter since judge it anew: what they block is held, and says why", async () => {
  const id = await merged("network/test");
  mainSays("version: 1\nblock: [low]\n");
  const job = there(await runner.claim());
  expect(job.apply).toEqual({ mode: "replan", planSha256: null });
  expect(job.check.policyConfiguration).toContain("block: [low]");
  expect((await runner.secrets(job, "apply")).json()).toMatchObject({ code: "not_allowed" });
  expect(await carryOut(runner, job, { judgement: blocked })).toBe("held");
  expect(await run(id)).toMatchObject({
    status: "held",
    blocking: 1,
    reason: "Its new plan (1 to add) has 1 blocking finding by policies that came to main after it was approved.",
  });
});

test("where the newer policies find nothing, the approval of the same plan still holds", async () => {
  await merged("network/uat");
  mainSays("version: 1\nblock: [low]\n");
  const job = there(await runner.claim());
  expect(job.apply).toMatchObject({ mode: "replan" });
  expect(await carryOut(runner, job)).toBe("finished");
});

test("a finding that blocks only now, its waiver having ended, keeps the approved plan from being applied", async () => {
  await merged("database/dev");
  context.gate.standsNow = async () => 1;
  const job = there(await runner.claim());
  expect(job.apply).toMatchObject({ mode: "replan" });
  expect(await carryOut(runner, job, { judgement: blocked })).toBe("held");
});
