import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import { forgeFixture } from "../pull-requests/testing/forge-fixture.ts";
import { sealState } from "../states/seal-state.ts";
import { appliedEnvironments } from "./applied-environments.ts";
import type { ControlsContext } from "./controls-context.ts";
import { extractCache } from "./extract-cache.ts";
import { judgingProgress, readProgress } from "./judging-progress.ts";
import { listControlCatalogues, readControlReport } from "./read-control-report.ts";

const fixture = await forgeFixture();
const { database, organizationId, repositoryId } = fixture;
const { states, sealing } = fixture.context;
const context: ControlsContext = {
  findings: fixture.findings,
  states: { ...states, db: fixture.context.db },
  extracts: extractCache(),
  progress: judgingProgress(),
  environments: async () => ["dev", "shared", "prod"],
};
const everybody = systemActor(organizationId, "acme");
const readerOf = (environments: string): Actor => ({
  ...everybody,
  kind: "person",
  roles: [{ role: "reader", environments }],
});

const ids = new Map<string, string>();
const versions = new Map<string, number>();

/** Stores a next state of these resources: type and attributes. */
async function store(name: string, ...resources: [string, object][]): Promise<void> {
  const [component = "", environment = ""] = name.split("/");
  const id = ids.get(name) ?? fixture.context.newId();
  const version = (versions.get(name) ?? 0) + 1;
  versions.set(name, version);
  if (!ids.has(name))
    await database.sql(
      `insert into workspaces (organization_id, workspace_id, repository_id, component, environment, layer, declared)
       values ($1, $2, $3, $4, $5, 'platform', true)`,
      [organizationId, id, repositoryId, component, environment],
    );
  ids.set(name, id);
  const bytes = Buffer.from(
    JSON.stringify({
      version: 4,
      resources: resources.map(([type, attributes], at) => ({
        mode: "managed",
        type,
        name: `r${at}`,
        instances: [{ attributes }],
      })),
    }),
  );
  const stateId = fixture.context.newId();
  await database.sql(
    `insert into state_versions (organization_id, workspace_id, version, state_version_id, serial, lineage, sha256, size,
       resource_count, sealed, sealed_outputs, epoch) values ($1, $2, $3, $4, $3, 'l', '', 1, 1, $5, '', 1)`,
    [organizationId, id, version, stateId, await sealState(sealing, organizationId, stateId, bytes)],
  );
  await database.sql("update workspaces set state_version = $2 where workspace_id = $1", [id, version]);
}

const arn = (account: string, what: string) => ({ arn: `arn:aws:x:eu-west-1:${account}:${what}` });
const trail = { ...arn("111111111111", "trail"), is_multi_region_trail: true, kms_secret: "hush" };

async function membersOf(actor: Actor, environment?: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for await (const { name, workspaces } of appliedEnvironments(context, actor, environment))
    found[name] = workspaces.map((workspace) => workspace.name);
  return found;
}

async function trailIn(environment: string, actor: Actor = everybody): Promise<string | undefined> {
  const { controls } = await readControlReport(context, actor, { catalogue: "cis-aws-5.0" });
  return controls.find(({ id }) => id === "3.1")?.environments[environment]?.state;
}

test("an environment is judged with all that stands in its accounts, wherever that is, and with nothing else", async () => {
  await store("shop/dev", ["aws_db_instance", arn("222222222222", "db")]);
  await store("shop/prod", ["aws_db_instance", arn("111111111111", "db")]);
  await store("logs/shared", ["aws_cloudtrail", trail]);
  await store("web/dev", ["lab_bucket", { name: "b" }]);
  expect(await membersOf(everybody)).toEqual({
    dev: ["shop/dev", "web/dev"],
    shared: ["shop/prod", "logs/shared"],
    prod: ["shop/prod", "logs/shared"],
  });
  expect(await membersOf(everybody, "prod")).toEqual({ prod: ["shop/prod", "logs/shared"] });
  expect([await trailIn("dev"), await trailIn("shared"), await trailIn("prod")]).toEqual(["fail", "pass", "pass"]);
  const { items } = await listControlCatalogues(context, everybody);
  const { environments, workspaces } = await readControlReport(context, everybody, { catalogue: "cis-aws-5.0" });
  expect(workspaces).toBe(4);
  expect(items.find(({ slug }) => slug === "cis-aws-5.0")?.environments).toEqual(
    Object.fromEntries(environments.map(({ name, counts }) => [name, counts])),
  );
});

test("what somebody may not read is not there for him, though the account is the same", async () => {
  expect(await membersOf(readerOf("prod"))).toEqual({ prod: ["shop/prod"] });
  expect(await trailIn("prod", readerOf("prod"))).toBe("fail");
});

test("who waits for a report is told how far it is, and nobody else", async () => {
  const asking: Actor = { ...readerOf("*"), id: "p1" };
  const toldTo = (actor: Actor) => readProgress(context, actor).progress;
  expect(toldTo(asking)).toBeNull();
  const told: unknown[] = [];
  for await (const { name } of appliedEnvironments(context, asking, undefined)) told.push([name, toldTo(asking)]);
  expect(told).toEqual(
    ["dev", "shared", "prod"].map((name, done) => [name, { step: "judging", done, environments: 3 }]),
  );
  expect(toldTo(asking)).toBeNull();
  for await (const _ of appliedEnvironments(context, asking, "prod")) {
    expect(toldTo(asking)).toEqual({ step: "judging", done: 0, environments: 1 });
    expect(toldTo({ ...asking, id: "p2" })).toBeNull();
    expect(toldTo({ ...asking, organizationId: "another" })).toBeNull();
    break;
  }
  expect(toldTo(asking)).toBeNull();
});

test("while states are read, that is told", async () => {
  const asking: Actor = { ...readerOf("*"), id: "p1" };
  const told: unknown[] = [];
  const environments = async () => {
    expect(context.progress.of(asking)).toBeNull(); // how many there are is not known yet
    return ["dev", "shared", "prod"];
  };
  const extracts: ControlsContext["extracts"] = {
    get: (id) => {
      told.push(context.progress.of(asking));
      return context.extracts.get(id);
    },
    put: () => undefined,
  };
  for await (const _ of appliedEnvironments({ ...context, environments, extracts }, asking, "prod")) break;
  expect.assertions(3);
  expect(told[0]).toEqual({ step: "reading", done: 0, environments: 3 });
  expect(told[3]).toEqual({ step: "reading", done: 2, environments: 3 });
});

test("a newer state counts at once, and an older one is not read again", async () => {
  await store("logs/shared", ["aws_db_instance", arn("111111111111", "db")]);
  expect(await trailIn("prod")).toBe("fail");
  await store("logs/shared", ["aws_cloudtrail", trail]);
  expect(await trailIn("prod")).toBe("pass");
  await database.sql("update state_versions set sealed = 'damaged'");
  expect(await trailIn("prod")).toBe("pass");
  await database.sql("update workspaces set state_version = 1 where component = 'logs'");
  await expect(trailIn("prod")).rejects.toThrow("is not in a format that Plumbline writes");
  await database.sql("update workspaces set state_version = 3 where component = 'logs'");
});

test("what looks like a secret is not kept", () => {
  const known = context.extracts.get(ids.get("logs/shared") ?? "");
  expect(known?.extract.resources[0]?.values).toMatchObject({ is_multi_region_trail: true });
  expect(JSON.stringify(known)).not.toContain("hush");
});

test("more than there is place for is read each time, and what is there stays", () => {
  const cache = extractCache(3);
  const known = { version: 1, addresses: "", extract: { accounts: {}, types: {}, resources: [] } };
  for (const id of ["a", "b", "c", "d"]) cache.put(id, known);
  expect(["a", "b", "c", "d"].map((id) => cache.get(id) === known)).toEqual([true, true, true, false]);
  const newer = { ...known, version: 2 };
  cache.put("a", newer);
  expect(cache.get("a")).toBe(newer);
});
