import { expect, test } from "vitest";
import { testApi } from "../../testing/test-api.ts";
import { runnerRoutes } from "./runner-routes.ts";
import { startReplayRuns } from "../starting/start-replay-runs.ts";
import { fakeRunner } from "../testing/fake-runner.ts";
import { runsFixture } from "../testing/runs-fixture.ts";
import { scenario, there } from "../testing/scenario.ts";

const fixture = await runsFixture();
const { context, database, organizationId, repositoryId, personId } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");

test("proposed policies see no secret of a plan: they could say it in other letters", async () => {
  const id = context.newId();
  const sealed = context.sealing.seal("sealed-variable", organizationId, id, Buffer.from("Token-4711-of-prod"));
  await database.sql(
    `insert into sealed_variable_versions (organization_id, repository_id, environment, component, name, version, variable_version_id, sealed, created_by)
     values ($1, $2, 'prod', 'network', 'TOKEN', 1, $3, $4, $5)`,
    [organizationId, repositoryId, id, sealed, personId],
  );
  const place = { file: "environments/prod/sealed.yaml", line: 2 };
  const reference = { component: "network", variable: "TOKEN", version: 1, as: "environment", phases: "both", place };
  const configuration = {
    ...fixture.configuration,
    environments: fixture.configuration.environments.map((one) => ({ ...one, sealed: [{ ...reference } as const] })),
  };
  Object.assign(context.repositories, {
    mainConfiguration: async () => configuration,
    configurationAt: async () => configuration,
  });
  const { pull, runs } = await plan({ name: "network/prod" });
  const job = there(await runner.claim());
  await runner.plan(job, { changes: { "lab_bucket.logs": "holds Token-4711-of-prod" } });
  await runner.finish(job, "finished");
  const { pullRequestId, patchSetId } = pull;
  const request = { pullRequestId, patchSetId, rulesCommit: "proposed", planRunIds: [...runs.values()] };
  await fixture.tx((tx) => startReplayRuns(tx, context, organizationId, request, new Set()));

  const replay = there(await runner.claim());
  const given = await runner.call(replay, "GET", "plan-json");
  expect(given.statusCode).toBe(200);
  expect(given.body).not.toContain("Token-4711");
  expect(given.json().resource_changes[0].change.after).toEqual({ name: "(sensitive value)" });
});
