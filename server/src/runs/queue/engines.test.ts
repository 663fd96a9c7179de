import type { OfferedTool } from "@plumbline/contract";
import { expect, test } from "vitest";
import { acceptedTool } from "../../testing/accepted-tool.ts";
import { testApi } from "../../testing/test-api.ts";
import { releaseRuns } from "./release-runs.ts";
import { runnerRoutes } from "../runner-calls/runner-routes.ts";
import { startDriftRun } from "../starting/start-drift-run.ts";
import { carryOut, fakeRunner, stateFile } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";

const fixture = await runsFixture();
const { context, organizationId, database } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge, run } = scenario(fixture);
const tofu: OfferedTool = { name: "tofu", version: "1.10.0", platform: "linux_amd64", sha256: "f".repeat(64) };
const newer: OfferedTool = { ...acceptedTool, version: "1.12.0", sha256: "a".repeat(64) };

function component(name: string, engine: { name: "terraform" | "tofu"; version: string }) {
  const place = { file: "plumbline.yaml", line: 1 };
  return { name, path: `components/${name}`, layer: "platform", inputs: [], dependsOn: [], modules: [], engine, place };
}
fixture.configuration.components.push(
  component("network", { name: "terraform", version: "~> 1.10" }),
  component("bucket", { name: "tofu", version: "~> 1.10" }),
);

async function accept(tool: OfferedTool): Promise<void> {
  await database.sql(
    `insert into tools (organization_id, sha256, name, version, platform, source, accepted_at, accepted_by)
     values ($1, $2, $3, $4, $5, 'x', now(), 'platform')`,
    [organizationId, tool.sha256, tool.name, tool.version, tool.platform],
  );
  await fixture.tx((tx) => releaseRuns(tx, context, organizationId));
}
const withdraw = (tool: OfferedTool) =>
  database.sql("update tools set withdrawn_at = now() where sha256 = $1", [tool.sha256]);

const terraformOnly = await fakeRunner(fixture, api.app, "one");
const tofuOnly = await fakeRunner(fixture, api.app, "two", ["*"], [tofu]);

test("a plan whose engine nobody has accepted says so at once, and goes on when somebody accepts it", async () => {
  expect(await tofuOnly.claim()).toBeUndefined();
  expect(await terraformOnly.claim()).toBeUndefined();
  const { runs } = await plan({ name: "bucket/dev" });
  const id = runs.get("bucket/dev") ?? "";
  expect(await run(id)).toMatchObject({
    status: "waits",
    waitsFor: "engine",
    reason: 'nobody has accepted a tofu that satisfies "~> 1.10"; runner two has 1.10.0',
  });
  expect(fixture.told).toContain("run 1 plan waits");
  await accept(tofu);
  expect(await run(id)).toMatchObject({ status: "queued", engine: { name: "tofu", constraint: "~> 1.10" } });
});

test("each run goes to a runner that has its engine, with the one binary that it may use", async () => {
  await plan({ name: "network/dev" });
  expect(await terraformOnly.claim()).toMatchObject({
    workspace: { name: "network/dev" },
    engine: { name: "terraform", constraint: "~> 1.10", binary: { version: "1.11.0", sha256: acceptedTool.sha256 } },
  });
  expect(await terraformOnly.claim()).toBeUndefined();
  const job = there(await tofuOnly.claim());
  expect(job).toMatchObject({ workspace: { name: "bucket/dev" }, engine: { binary: { sha256: tofu.sha256 } } });
  await carryOut(tofuOnly, job);
});

test("a plan of another binary than an accepted one is not taken", async () => {
  await plan({ name: "bucket/test" });
  const job = there(await tofuOnly.claim());
  await withdraw(tofu);
  await expect(tofuOnly.plan(job)).rejects.toThrow("tool_not_accepted");
  await database.sql("update tools set withdrawn_at = null where sha256 = $1", [tofu.sha256]);
  await carryOut(tofuOnly, job);
});

test("a run that was queued for an engine which is withdrawn ends and says so, instead of waiting for ever", async () => {
  const { runs } = await plan({ name: "bucket/prod" });
  await withdraw(tofu);
  expect(await terraformOnly.claim()).toBeUndefined();
  expect(await run(runs.get("bucket/prod") ?? "")).toMatchObject({
    status: "failed",
    error: {
      code: "tool_not_accepted",
      detail: expect.stringContaining("bucket/prod cannot run: nobody has accepted"),
    },
  });
});

test("what was approved is applied by the binary that planned it; a new plan uses the newest, and so does all after it", async () => {
  const both = await fakeRunner(fixture, api.app, "both", ["*"], [acceptedTool, newer]);
  const { pull, runs } = await plan({ name: "network/test" });
  await carryOut(both, there(await both.claim()));
  await accept(newer);
  expect(await both.claim()).toBeUndefined();
  const planned = await run(runs.get("network/test") ?? "");
  expect(planned.engineVersion).toBe("1.11.0");
  fixture.approved.add(planned.digest ?? "");
  await merge(1, [{ name: "network/test", plannedRunId: planned.id }], pull);
  const apply = there(await both.claim());
  expect(apply).toMatchObject({ apply: { mode: "saved" }, engine: { binary: { sha256: acceptedTool.sha256 } } });
  expect(await carryOut(both, apply)).toBe("finished");

  await plan({ name: "network/test" });
  expect(await terraformOnly.claim()).toBeUndefined();
  expect(await both.claim()).toMatchObject({ engine: { binary: { version: "1.12.0", sha256: newer.sha256 } } });
});

test("a state that a newer series has written is not given to an older engine, drift checks included", async () => {
  const both = await fakeRunner(fixture, api.app, "three", ["*"], [acceptedTool, newer]);
  await both.claim();
  const { pull, runs } = await plan({ name: "network/prod" });
  const planJob = there(await both.claim());
  await carryOut(both, planJob);
  const planned = await run(runs.get("network/prod") ?? "");
  fixture.approved.add(planned.digest ?? "");
  await merge(2, [{ name: "network/prod", plannedRunId: planned.id }], pull);
  const apply = there(await both.claim());
  await both.secrets(apply, "apply");
  await both.state(apply, "LOCK", { ID: "l" });
  await both.state(apply, "POST", { ...stateFile(1, {}, "of-prod"), terraform_version: "1.12.0" }, "l");
  await both.state(apply, "UNLOCK", { ID: "l" });
  await both.finish(apply, "finished");

  await withdraw(newer);
  const workspaceId = await fixture.workspace("network/prod");
  const again = await plan({ name: "network/prod" });
  const drift = await fixture.tx((tx) => startDriftRun(tx, context, organizationId, workspaceId));
  expect(await terraformOnly.claim()).toBeUndefined();
  for (const id of [again.runs.get("network/prod") ?? "", drift?.id ?? ""])
    expect(await run(id)).toMatchObject({
      status: "failed",
      error: {
        code: "engine_too_old",
        detail:
          'terraform 1.12.0 has written the state of network/prod; "~> 1.10" in plumbline.yaml gives 1.11.0, which may not be able to read it.',
      },
    });
});
