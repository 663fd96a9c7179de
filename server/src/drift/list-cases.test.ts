import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import { runsFixture } from "../runs/testing/runs-fixture.ts";
import { scenario } from "../runs/testing/scenario.ts";
import { listDriftCases } from "./read-cases.ts";

const fixture = await runsFixture();
const { context, database, organizationId } = fixture;
const numbersOf = async (query: { repository?: string; search?: string }) => {
  const { items } = await listDriftCases(context, systemActor(organizationId, "acme"), { ...query, limit: 10 });
  return items.map(({ number }) => number);
};

test("cases are listed of one repository", async () => {
  await scenario(fixture).plan({ name: "network/dev" });
  await database.sql(
    `insert into drift_cases (organization_id, drift_case_id, number, workspace_id, status, severity, title, opened_at,
       last_seen_at, opened_run_id, last_run_id, resources, findings, owners, timeline)
     select $1, $2, 7, workspace_id, 'open', 'high', 'A port is open', now(), now(), run_id, run_id, '[]', '[]', '[]', '[]' from runs`,
    [organizationId, context.newId()],
  );
  expect(await numbersOf({ repository: "shop" })).toEqual([7]);
  expect(await numbersOf({ repository: "another" })).toEqual([]);
});

test.each([
  ["7", [7]],
  ["#7 port", [7]],
  ["OPEN work/dev", [7]],
  ["", [7]],
  ["8", []],
  ["port prod", []],
])("cases are found by title, workspace and number: %j", async (search, numbers) => {
  expect(await numbersOf({ search })).toEqual(numbers);
});
