import * as contract from "@plumbline/contract";
import type { Client, EnvironmentReport, EnvironmentScope } from "@plumbline/contract";
import { afterAll, expect, test } from "vitest";
import { twoClients } from "../testing/two-clients.ts";

const world = await twoClients();
afterAll(() => world.stop());
const auditor = await world.person("globex-auditor", { role: "auditor", environments: "globex/*" });

async function read<Answer>(
  endpoint: contract.Endpoint,
  who: Record<string, string>,
  input: object = {},
): Promise<Answer> {
  const { status, text } = await world.call(endpoint, who, input);
  if (status !== 200) throw new Error(`${endpoint.id}: ${status} ${text}`);
  return JSON.parse(text) as Answer;
}

test("clients are listed with their environments and how they stand; to who is kept to one, that one", async () => {
  const all = await read<{ items: Client[] }>(contract.listClients, world.administrator);
  expect(all.items.map(({ name }) => name)).toEqual(["globex", "initech"]);
  expect(all.items[0]).toMatchObject({ workspaces: 4, inSync: 3, driftCases: 1, missing: 14 });
  expect(all.items[0]?.environments).toMatchObject([
    { name: "globex/test", workspaces: 2, inSync: 2, worst: null },
    { name: "globex/prod", workspaces: 2, inSync: 1 },
  ]);
  const own = await read<{ items: Client[] }>(contract.listClients, auditor);
  expect(own.items).toEqual([all.items[0]]);
});

test("what states hold is code, the rest is missing and has an owner", async () => {
  const { items } = await read<{ items: EnvironmentScope[] }>(contract.getScope, auditor);
  expect(items.map(({ environment }) => environment)).toEqual(["globex/test", "globex/prod"]);
  expect(items[1]).toMatchObject({ client: "globex", codified: 1, missing: 7, owners: ["@platform"] });
  expect(items[1]?.ownerFrom).toEqual({ file: "CODEOWNERS", line: 2 });
  expect(items[1]?.parts.find(({ category }) => category === "data")).toEqual({
    category: "data",
    state: "codified",
    resources: 2,
    types: [{ type: "lab_bucket", count: 2 }],
    workspaces: ["network/globex/prod", "database/globex/prod"],
    reason: null,
    file: null,
    line: null,
  });
});

test("a newer state counts at once, and one that is declared and held no more does not", async () => {
  const compute = async () => {
    const { items } = await read<{ items: EnvironmentScope[] }>(contract.getScope, world.administrator, {
      query: { environments: "globex/test" },
    });
    return items[0]?.parts.find(({ category }) => category === "compute")?.workspaces;
  };
  const network = "component = 'network' and environment = 'globex/test'";
  expect(await compute()).toEqual([]);
  await world.server.sql(
    `insert into state_versions select (jsonb_populate_record(s, jsonb_build_object('version', s.version + 1,
        'resource_types', '{"aws_instance": 2}'::jsonb))).*
      from state_versions s join workspaces w using (organization_id, workspace_id)
      where ${network} and s.version = w.state_version`,
  );
  expect(await compute()).toEqual([]);
  await world.server.sql(`update workspaces set state_version = state_version + 1 where ${network}`);
  expect(await compute()).toEqual(["network/globex/test"]);
  await world.server.sql(`update workspaces set declared = false, resource_count = 0 where ${network}`);
  expect(await compute()).toEqual([]);
  await world.server.sql(
    `update workspaces set declared = true, resource_count = 1, state_version = state_version - 1 where ${network}`,
  );
  await world.server.sql(
    `delete from state_versions s using workspaces w where s.workspace_id = w.workspace_id
      and s.version > w.state_version`,
  );
});

test("a workspace that was renamed, which keeps its state, has its new name at once", async () => {
  const holders = async () => {
    const { items } = await read<{ items: EnvironmentScope[] }>(contract.getScope, auditor, {
      query: { environments: "globex/test" },
    });
    return items[0]?.parts.find(({ category }) => category === "data")?.workspaces;
  };
  const rename = (from: string, to: string) =>
    world.server.sql(
      `update workspaces set component = '${to}' where component = '${from}' and environment = 'globex/test'`,
    );
  expect(await holders()).toEqual(["network/globex/test", "database/globex/test"]);
  await rename("network", "backbone");
  expect(await holders()).toEqual(["backbone/globex/test", "database/globex/test"]);
  await rename("backbone", "network");
});

test("a report on a client is the same for everybody, and holds nothing of another one", async () => {
  const query = { environments: "globex/*", from: "2026-01-01", to: "2099-01-01" };
  const [mine, theirs] = await Promise.all(
    [world.administrator, auditor].map((who) => read<EnvironmentReport>(contract.getEnvironmentReport, who, { query })),
  );
  expect({ ...theirs, writtenAt: "" }).toEqual({ ...mine, writtenAt: "" });
  expect(JSON.stringify(mine)).not.toMatch(/initech/i);
  expect(mine).toMatchObject({
    client: "globex",
    environments: ["globex/test", "globex/prod"],
    workspaces: 4,
    inSync: 3,
  });
  const { globex, shared } = world.pullRequests;
  expect(mine?.changes.map(({ number }) => number)).toEqual([globex, shared]);
  expect(mine?.changes[0]).toMatchObject({
    title: "Another name for the network",
    approvals: [{ person: { name: "platform" }, meaning: "I have read the plans" }],
    workspaces: expect.arrayContaining([
      expect.objectContaining({ workspace: "network/globex/prod", applyStatus: "finished" }),
    ]),
  });
  expect(mine?.drift).toMatchObject([{ number: world.driftCases.globex, workspace: "network/globex/prod" }]);
  expect(mine?.findings).toHaveLength(4);
  expect(mine?.waivers.map(({ environment }) => environment)).toEqual(["globex/*"]);
  expect(mine?.controls.length).toBeGreaterThan(1);
  for (const { environments } of mine?.controls ?? [])
    expect(Object.keys(environments)).toEqual(["globex/test", "globex/prod"]);
});

test("as CSV it has a line for each fact, as a page it stands by itself", async () => {
  const query = { environments: "globex/prod", from: "2026-01-01", to: "2099-01-01" };
  const csv = await world.call(contract.exportEnvironmentReport, auditor, { params: { format: "csv" }, query });
  expect(csv.text.split("\r\n")[0]).toBe("section,environment,workspace,what,state,severity,who,at,number,detail");
  expect(csv.text).toContain(`approval,globex/prod,,I have read the plans,,,platform,`);
  expect(csv.text).toContain("scope,globex/prod,,Network,missing,,platform,,0,");
  expect(csv.text).not.toMatch(/globex\/test|initech/);
  const page = await world.call(contract.exportEnvironmentReport, world.administrator, {
    params: { format: "html" },
    query,
  });
  expect(page.text).toContain("<h1>globex: 2026-01-01 to 2099-01-01</h1>");
  expect(page.text).toContain("Another name for the network");
  expect(page.text).not.toMatch(/<script|initech|src=/);
});

test("a period in which nothing happened has no changes; a pattern that nobody may read is not found", async () => {
  const quiet = await read<EnvironmentReport>(contract.getEnvironmentReport, auditor, {
    query: { environments: "globex/*", from: "2020-01-01", to: "2020-02-01" },
  });
  expect([quiet.changes, quiet.drift]).toEqual([[], []]);
  const ask = (environments: string) => world.call(contract.getEnvironmentReport, auditor, { query: { environments } });
  expect((await ask("initech/*")).status).toBe(404);
  expect((await ask("none/*")).status).toBe(404);
  expect((await ask("initech/*")).text.replaceAll("initech", "none").replaceAll(/"requestId":"[^"]*"/g, "")).toBe(
    (await ask("none/*")).text.replaceAll(/"requestId":"[^"]*"/g, ""),
  );
  expect(
    (await world.call(contract.getEnvironmentReport, auditor, { query: { environments: "globex/*", from: "x" } }))
      .status,
  ).toBe(400);
});

test("lists and counts can be asked for one client; what is in them is shown whole to who may see it", async () => {
  const query = { client: "globex" };
  const workspaces = await read<{ items: { environment: string }[] }>(contract.listWorkspaces, world.administrator, {
    query,
  });
  expect(new Set(workspaces.items.map(({ environment }) => environment))).toEqual(
    new Set(["globex/test", "globex/prod"]),
  );
  type Changes = { items: { number: number; title: string }[] };
  const { items } = await read<Changes>(contract.listPullRequests, world.administrator, { query });
  expect(items.find(({ number }) => number === world.pullRequests.shared)?.title).toBe(
    "Name networks for globex and initech",
  );
  expect(items.map(({ number }) => number)).not.toContain(world.pullRequests.initech);
  type Shown = { counts: { driftCases: number; workspaces: number }; environments: { name: string }[] };
  const overview = await read<Shown>(contract.getOverview, world.administrator, { query });
  expect(overview.counts).toMatchObject({ driftCases: 1, workspaces: 4 });
  expect(overview.environments.map(({ name }) => name)).toEqual(["globex/test", "globex/prod"]);
  for (const endpoint of [
    contract.listRuns,
    contract.listKnownFindings,
    contract.listDriftCases,
    contract.listAuditEvents,
  ]) {
    const found = await read<{ items: { environment: string | null }[] }>(endpoint, world.administrator, {
      query: { ...query, limit: 200 },
    });
    expect(found.items.length).toBeGreaterThan(0);
    expect(found.items.filter(({ environment }) => environment?.startsWith("initech/"))).toEqual([]);
  }
});

test("asking for a client widens nothing", async () => {
  const own = await read<{ items: { title: string }[] }>(contract.listPullRequests, auditor, {
    query: { client: "globex" },
  });
  expect(JSON.stringify(own)).not.toMatch(/initech/);
  const { status, text } = await world.call(contract.listWorkspaces, auditor, { query: { client: "initech" } });
  expect(status).toBe(403);
  expect(text).not.toMatch(/initech/);
});
