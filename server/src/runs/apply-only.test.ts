import { expect, test } from "vitest";
import type { SealedReference } from "@plumbline/contract/configuration/configuration";
import { testApi } from "../testing/test-api.ts";
import { runnerRoutes } from "./runner-calls/runner-routes.ts";
import { carryOut, fakeRunner } from "./testing/fake-runner.ts";
import { runsFixture } from "./testing/runs-fixture.ts";
import { scenario, there } from "./testing/scenario.ts";

const fixture = await runsFixture();
const { context, database, organizationId, repositoryId, personId } = fixture;
const api = await testApi();
runnerRoutes(api.app, context);
const { plan, merge } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");

const reference = (phases: SealedReference["phases"]): SealedReference => {
  const place = { file: "environments/dev/sealed.yaml", line: 2 };
  return { component: "network", variable: "TOKEN", version: 1, as: "environment", phases, place };
};

test("a change cannot have an apply-only variable in its plan by saying that it is for both", async () => {
  const id = context.newId();
  await database.sql(
    `insert into sealed_variable_versions (organization_id, repository_id, environment, component, name, version, variable_version_id, sealed, created_by)
     values ($1, $2, 'dev', 'network', 'TOKEN', 1, $3, $4, $5)`,
    [
      organizationId,
      repositoryId,
      id,
      context.sealing.seal("sealed-variable", organizationId, id, Buffer.from("tok-4711")),
      personId,
    ],
  );
  const withToken = (phases: SealedReference["phases"]) => ({
    ...fixture.configuration,
    environments: fixture.configuration.environments.map((one) => ({ ...one, sealed: [reference(phases)] })),
  });
  context.repositories.mainConfiguration = async () => withToken("apply");
  context.repositories.configurationAt = async () => withToken("both");
  await plan({ name: "network/dev" });
  const job = there(await runner.claim());
  expect((await runner.secrets(job, "plan")).json()).toEqual({ environment: {}, mask: [] });
  await carryOut(runner, job);

  // Merged, it is what main says.
  context.repositories.mainConfiguration = async () => withToken("both");
  await merge(1, [{ name: "network/dev" }]);
  const apply = there(await runner.claim());
  expect((await runner.secrets(apply, "plan")).json().environment).toEqual({ TOKEN: "tok-4711" });
});
