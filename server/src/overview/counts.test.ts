import { randomUUID } from "node:crypto";
import * as contract from "@plumbline/contract";
import type { Overview } from "@plumbline/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer } from "../testing/test-server.ts";

/** How many open pull requests, active runs and open drift cases there are: more than a page of each, in two repositories. */
const server = await startTestServer();
afterAll(() => server.stop());

const administrator = await server.credentials("administrator");

async function call<Answer>(endpoint: contract.Endpoint, who: Record<string, string>, input: object): Promise<Answer> {
  const { method, path, body } = contract.buildRequest(endpoint, input);
  const headers = { ...who, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const response = await fetch(server.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

const countsOf = async (who: Record<string, string>, repository: string) =>
  (await call<Overview>(contract.getOverview, who, { query: { repository } })).counts;

let next = 1;

/** So many workspaces of an environment, each with an open pull request, a running and an ended run, and an open case. */
async function add(repository: string, environment: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const number = next++;
    const [workspace, run, ended] = [randomUUID(), randomUUID(), randomUUID()];
    const at = [repository, workspace] as const;
    await server.sql(
      `insert into workspaces (organization_id, workspace_id, repository_id, component, environment, layer, declared)
       select organization_id, $2, repository_id, 'c' || $3, $4, 'platform', true from repositories where name = $1`,
      [...at, String(number), environment],
    );
    for (const [id, status, of] of [
      [run, "queued", number * 2],
      [ended, "finished", number * 2 + 1],
    ] as const)
      await server.sql(
        `insert into runs (organization_id, run_id, number, kind, workspace_id, status, code_commit, values_commit)
         select organization_id, $3, $4, 'drift', $2, $5, 'c', 'v' from repositories where name = $1`,
        [...at, id, of, status],
      );
    await server.sql(
      `insert into drift_cases (organization_id, drift_case_id, number, workspace_id, status, severity, title, opened_run_id,
         last_run_id, resources, findings, owners, timeline)
       select organization_id, gen_random_uuid(), $3, $2, 'open', 'low', 't', $4, $4, '[]', '[]', '[]', '[]'
       from repositories where name = $1`,
      [...at, number, ended],
    );
    await server.sql(
      `insert into pull_requests (organization_id, pull_request_id, number, repository_id, purpose, status, title, description)
       select organization_id, gen_random_uuid(), $2, repository_id, 'change', 'open', 't', '' from repositories where name = $1`,
      [repository, number],
    );
  }
}

beforeAll(async () => {
  for (const name of ["shop", "platform"]) await call(contract.createRepository, administrator, { body: { name } });
  await add("shop", "dev", 60);
  await add("shop", "prod", 2);
  await add("platform", "dev", 3);
});

test("what is open and under way is counted to the end, of the repository that is looked at", async () => {
  expect(await countsOf(administrator, "shop")).toMatchObject({ pullRequests: 62, runs: 62, driftCases: 62 });
  expect(await countsOf(administrator, "platform")).toMatchObject({ pullRequests: 3, runs: 3, driftCases: 3 });
});

test("runs and cases are counted in environments that somebody may read", async () => {
  const who = await server.person("prod-reader", [{ role: "reader", environments: "prod" }]);
  expect(await countsOf(who, "shop")).toMatchObject({ runs: 2, driftCases: 2 });
});
