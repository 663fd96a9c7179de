import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { scenario } from "../runs/testing/scenario.ts";
import { listDriftCases } from "./read-cases.ts";

const fixture = await runsFixture();
const { context, database, organizationId } = fixture;

test("cases are listed of one repository", async () => {
  await scenario(fixture).plan({ name: "network/dev" });
  await database.sql(
    `insert into drift_cases (organization_id, drift_case_id, number, workspace_id, status, severity, title, opened_at,
       last_seen_at, opened_run_id, last_run_id, resources, findings, owners, timeline)
     select $1, $2, 7, workspace_id, 'open', 'high', 'A port is open', now(), now(), run_id, run_id, '[]', '[]', '[]', '[]' from runs`,
    [organizationId, context.newId()],
  );
  const of = async (repository: string) => {
    const { items } = await listDriftCases(context, systemActor(organizationId, "acme"), { repository, limit: 10 });
    return items.map(({ number }) => number);
  };
  expect(await of("shop")).toEqual([7]);
  expect(await of("another")).toEqual([]);
});
