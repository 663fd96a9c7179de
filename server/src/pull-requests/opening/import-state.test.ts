import { createHash } from "node:crypto";
import type { PullRequest } from "@plumbline/contract";
import { Problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../../access/actor.ts";
import { stateBytes } from "../../states/read-state.ts";
import { approvePullRequest } from "../approving/approve-pull-request.ts";
import { retryRun } from "../../runs/starting/retry-run.ts";
import { closePullRequest } from "../close-pull-request.ts";
import { mergePullRequest } from "../merging/merge-pull-request.ts";
import { rebasePullRequest } from "../patch-sets/rebase-pull-request.ts";
import { testApi } from "../../testing/test-api.ts";
import { pullRequestRoutes } from "../pull-request-routes.ts";
import { refreshPullRequest } from "../telling/refresh-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";
import { importState } from "./import-state.ts";
import { openPullRequestWithoutCommits } from "./open-pull-request.ts";
import { revertPullRequest } from "./revert-pull-request.ts";

const fixture = await forgeFixture();
const { context, database, dev, dev2, organizationId, owner, platform, reader } = fixture;

const secret = "hunter2-hunter2";

/** A state as an engine writes it, with a secret in it. */
function state(more: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      version: 4,
      terraform_version: "1.11.4",
      serial: 7,
      lineage: "5b0c8a51-0000-4000-8000-000000000001",
      outputs: { id: { value: "n1", type: "string" } },
      resources: [
        {
          mode: "managed",
          type: "terraform_data",
          name: "main",
          provider: 'provider["terraform.io/builtin/terraform"]',
          instances: [{ schema_version: 0, attributes: { input: secret }, sensitive_attributes: [] }],
        },
      ],
      ...more,
    }),
  );
}

async function refused(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error(`nothing was refused: ${String(error)}`);
}

async function approve(number: number, actor: Actor): Promise<PullRequest> {
  const shown = await fixture.show(number, actor);
  const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  return approvePullRequest(context, actor, number, { meaning: "I have read this plan.", digests });
}

const unmet = async (number: number) => (await fixture.show(number)).gate.filter(({ met }) => !met);
const idOf = async (number: number) =>
  (await database.sql<{ id: string }>("select pull_request_id as id from pull_requests where number = $1", [number]))[0]
    ?.id ?? "";
const versions = () =>
  database.sql<{ name: string; version: number; serial: number }>(
    `select component || '/' || environment as name, version, serial from state_versions join workspaces using (organization_id, workspace_id) order by 1, 2`,
  );
const proposals = async () => (await database.sql("select 1 from proposed_states")).length;

const same = { digest: "same", counts: { change: 0 } };

test("seed: main declares network and database; nothing was ever applied", async () => {
  const clone = await fixture.clone(platform);
  await clone.commit("Move in", { ...seedFiles, ...componentFiles });
  expect((await clone.push("refs/heads/main")).code).toBe(0);
});

test("whoever may not propose there cannot bring a state, and nobody into a workspace that is not there", async () => {
  expect((await refused(importState(context, reader, "network/dev", state(), {}))).code).toBe("not_allowed");
  const away = await fixture.person("away", ["proposer", "prod"]);
  expect((await refused(importState(context, away, "network/dev", state(), {}))).code).toBe("not_allowed");
  const missing = await refused(importState(context, dev, "dns/dev", state(), {}));
  expect([missing.code, missing.next]).toEqual(["not_found", expect.stringContaining("plumb workspaces list")]);
  expect(await proposals()).toBe(0);
});

test("a newer engine's state, and one with a provider that is not locked, are refused before anything is stored", async () => {
  await database.sql(
    `insert into tools (organization_id, sha256, name, version, platform, source, accepted_at, accepted_by)
     values ($1, repeat('a', 64), 'terraform', '1.11.4', 'linux_amd64', 'test', now(), 'platform')`,
    [organizationId],
  );
  const newer = await refused(importState(context, dev, "network/dev", state({ terraform_version: "1.12.0" }), {}));
  expect([newer.code, newer.message]).toEqual(["engine_too_old", expect.stringContaining("1.12.0")]);
  const resources = [
    {
      mode: "managed",
      type: "aws_vpc",
      name: "x",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{}],
    },
  ];
  const unlocked = await refused(importState(context, dev, "network/dev", state({ resources }), {}));
  expect(unlocked.code).toBe("configuration_wrong");
  expect(unlocked.message).toBe(
    "The state has resources of registry.terraform.io/hashicorp/aws, and components/network/.terraform.lock.hcl is not in the repository.",
  );
  expect((await database.sql("select 1 from pull_requests")).length + (await proposals())).toBe(0);
});

test("a state is proposed sealed and apart; its plan is made over it, and one with changes blocks", async () => {
  const opened = await importState(context, dev, "network/dev", state(), { ticket: "OPS-1" });
  expect(opened).toMatchObject({
    number: 1,
    purpose: "import",
    title: "Take over the state of network/dev",
    ticket: "OPS-1",
  });
  expect(opened.description).toContain("1 resource, serial 7");
  expect(await versions()).toEqual([]);
  const [stored] = await database.sql<{ sealed: Buffer }>("select sealed from proposed_states");
  expect(stored?.sealed.includes(Buffer.from(secret))).toBe(false);
  await fixture.plan(() => ({ digest: "differs", counts: { add: 2, change: 1 } }));
  await approve(1, owner);
  const shown = await fixture.show(1);
  expect([shown.state, shown.sentence]).toEqual([
    "blocked",
    expect.stringContaining("The code does not say what the state says: 2 to add, 1 to change."),
  ]);
  expect((await refused(mergePullRequest(context, dev, 1))).code).toBe("merge_refused");
  expect(await versions()).toEqual([]);
});

test("what was changed outside blocks too, and says what to do", async () => {
  await rebasePullRequest(context, organizationId, await idOf(1), { all: true });
  await fixture.plan(() => ({ digest: "outside", counts: { change: 0, outside: 1 } }));
  const [condition] = (await unmet(1)).filter(({ kind }) => kind === "state");
  expect(condition?.detail).toContain("1 resource was changed outside");
});

test("while it is open another is refused, and what others merge is not applied in its workspace", async () => {
  const again = await refused(importState(context, dev2, "network/dev", state({ serial: 8 }), {}));
  expect([again.code, again.message]).toEqual(["state_refused", "#1 proposes a state for network/dev already."]);
  const clone = await fixture.clone(dev2);
  await clone.sync();
  await clone.commit("Mend the code", { "components/network/main.tf": 'output "id" {\n  value = "n2"\n}\n' });
  const { number } = await clone.push("refs/for/main", "ticket=OPS-2");
  await fixture.plan(() => same);
  const row = (await fixture.show(number)).affected.find(({ workspace }) => workspace === "network/dev");
  expect(row?.later).toBe("Merging applies nothing of it: #1 brings its state, and is applied with this in it.");
  for (const person of [owner, fixture.owner2]) await approve(number, person);
  await mergePullRequest(context, dev2, number);
  const queued = await database.sql<{ name: string }>(
    "select component || '/' || environment as name from runs join workspaces using (organization_id, workspace_id) where runs.kind = 'apply' order by 1",
  );
  expect(queued.map(({ name }) => name)).not.toContain("network/dev");
  expect(queued.map(({ name }) => name)).toContain("network/prod");
  const merged = await fixture.show(number);
  expect(merged.affected.find(({ workspace }) => workspace === "network/dev")?.line).toBe(
    "Applied with #1, which brings its state.",
  );
});

test("approved without a change it is merged: the state is the first version, with its entry in the same transaction", async () => {
  await rebasePullRequest(context, organizationId, await idOf(1));
  await fixture.plan(() => same);
  expect((await unmet(1)).map(({ kind }) => kind)).toEqual(["owner", "approvals"]);
  expect((await refused(approve(1, dev))).code).toBe("approval_refused");
  await approve(1, owner);
  const merged = await mergePullRequest(context, dev, 1);
  expect(merged.status).toBe("merged");
  expect(await versions()).toEqual([{ name: "network/dev", version: 1, serial: 7 }]);
  expect(await proposals()).toBe(0);
  const [workspace] = await database.sql<{ id: string; resources: number }>(
    "select workspace_id as id, resource_count as resources from workspaces where component = 'network' and environment = 'dev'",
  );
  const bytes = await context.db.transaction(organizationId, (tx) =>
    stateBytes(tx, context.states, organizationId, workspace?.id ?? ""),
  );
  expect(bytes?.bytes.equals(state())).toBe(true);
  const entries = await database.sql<{ workspace: string; name: string; number: number }>(
    "select workspace, actor_name as name, pull_request as number from audit_events where action = 'state.imported'",
  );
  expect(entries).toEqual([{ workspace: "network/dev", name: "dev", number: 1 }]);
  const applied = await fixture.apply((name) => (name === "network/dev" ? "same" : "another"));
  expect(applied).toContain("network/dev apply");
});

test("it cannot be reverted, and a workspace with a state takes no other one", async () => {
  expect((await refused(revertPullRequest(context, dev, 1))).next).toContain("plumb state export");
  expect((await fixture.show(1)).can.revert.allowed).toBe(false);
  // The scripted apply writes no bytes: what was taken over is the newest.
  await database.sql(
    "update workspaces set resource_count = 1, state_version = 1 where component = 'network' and environment = 'dev'",
  );
  const sameOne = await refused(importState(context, dev, "network/dev", state({ serial: 9 }), {}));
  expect(sameOne.message).toContain("has this state already");
  const another = await refused(importState(context, dev, "network/dev", state({ lineage: "other" }), {}));
  expect([another.code, another.message, another.next]).toEqual([
    "state_refused",
    expect.stringContaining("a state of another lineage"),
    expect.stringContaining("Name the workspace that is meant"),
  ]);
  const twice = await refused(importState(context, dev, "database/dev", state(), {}));
  expect(twice.message).toContain("network/dev has a state of this lineage");
  const elsewhere = await fixture.person("elsewhere", ["proposer", "prod"]);
  const unseen = await refused(importState(context, elsewhere, "database/prod", state(), {}));
  expect(unseen.message).toContain("Another workspace has a state of this lineage");
});

test("closing takes the proposed state away, and other plans are made over none again", async () => {
  const held = await refused(importState(context, dev, "database/dev", state({ lineage: "second" }), {}));
  expect(held.message).toMatch(/^Run \d+ is to make what database\/dev declares anew\.$/);
  await database.sql(
    "update runs set status = 'canceled', held_at = null where kind = 'apply' and status <> 'finished'",
  );
  const opened = await importState(context, dev, "database/dev", state({ lineage: "second" }), {});
  const [canceled] = await database.sql<{ number: number }>(
    "select number from runs join workspaces using (organization_id, workspace_id) where kind = 'apply' and status = 'canceled' and component = 'database' and environment = 'dev'",
  );
  const proposedTwice = await refused(importState(context, dev, "database/prod", state({ lineage: "second" }), {}));
  expect(proposedTwice.message).toContain("database/dev has a state of this lineage");
  const again = await refused(retryRun(fixture.runs, dev, canceled?.number ?? 0));
  expect([again.code, again.message]).toEqual(["wrong_status", `#${opened.number} brings the state of database/dev.`]);
  await fixture.plan(() => same);
  expect((await unmet(opened.number)).map(({ id }) => id)).not.toContain("state:empty");
  await database.sql("update runs set status = 'queued' where number = $1", [canceled?.number]);
  const [busy] = (await unmet(opened.number)).filter(({ id }) => id === "state:empty");
  expect(busy?.detail).toBe(`Run ${canceled?.number} is to make it anew. Cancel it, or close this pull request.`);
  await database.sql("update runs set status = 'canceled' where number = $1", [canceled?.number]);
  const beside = await openPullRequestWithoutCommits(context, dev2, {
    repositoryId: fixture.repositoryId,
    purpose: "change",
    title: "Plan it",
    description: "",
    workspaces: ["database/dev"],
  });
  await fixture.plan(() => same);
  expect((await unmet(beside.number)).map(({ kind }) => kind)).not.toContain("fresh");
  await closePullRequest(context, dev, opened.number);
  expect(await proposals()).toBe(0);
  expect((await unmet(beside.number)).map(({ kind }) => kind)).toContain("fresh");
});

test("a workspace that only a pull request declares: its state waits for it, and nothing is made anew", async () => {
  const clone = await fixture.clone(dev2);
  await clone.sync();
  const yaml = (componentFiles["plumbline.yaml"] ?? "").replace(
    "components:\n",
    "components:\n  dns: { path: components/dns, layer: platform }\n",
  );
  await clone.commit("Add dns", {
    "plumbline.yaml": yaml,
    "components/dns/main.tf": 'output "zone" {\n  value = "z"\n}\n',
  });
  const { number } = await clone.push("refs/for/main", "ticket=OPS-3");
  const opened = await importState(context, dev, "dns/dev", state({ lineage: "third" }), {});
  expect((await unmet(opened.number)).find(({ kind }) => kind === "configuration")?.detail).toContain(
    "main does not declare dns/dev yet",
  );
  expect((await refused(mergePullRequest(context, dev, opened.number))).code).toBe("merge_refused");
  await rebasePullRequest(context, organizationId, await idOf(number));
  await fixture.plan(() => same);
  for (const person of [owner, fixture.owner2]) await approve(number, person);
  await mergePullRequest(context, dev2, number);
  await rebasePullRequest(context, organizationId, await idOf(opened.number));
  await fixture.plan(() => same);
  await approve(opened.number, owner);
  await mergePullRequest(context, dev, opened.number);
  expect(await versions()).toContainEqual({ name: "dns/dev", version: 1, serial: 7 });
});

test("over HTTP the file arrives as it is, whatever type it says, and one above the limit is refused with it", async () => {
  const signedIn: { actor: Actor | undefined } = { actor: undefined };
  const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
  pullRequestRoutes(api, { ...context, states: { ...context.states, maxStateBytes: 2_000 } });
  const url = "/api/v1/workspaces/database%2Fprod/state-import?title=Bring%20it";
  const post = (payload: Buffer, type = "application/json") =>
    api.app.inject({ method: "POST", url, payload, headers: { "content-type": type } });
  expect((await post(Buffer.alloc(3_000, " "))).statusCode).toBe(401);
  signedIn.actor = dev;
  const large = await post(Buffer.alloc(3_000, " "));
  expect([large.statusCode, large.json().code]).toEqual([413, "too_large"]);
  expect(large.json().detail).toContain("(2000 bytes)");
  expect((await post(Buffer.alloc(0))).json().code).toBe("state_file_wrong");
  const odd = Buffer.from(`\n ${state({ lineage: "fourth" }).toString()} \n`);
  const opened = await post(odd, "application/octet-stream");
  expect([opened.statusCode, opened.json().title]).toEqual([200, "Bring it"]);
  const [kept] = await database.sql<{ sha256: string }>("select sha256 from proposed_states");
  expect(kept?.sha256).toBe(createHash("sha256").update(odd).digest("hex"));
});

test("no comment says what the state holds", async () => {
  for (const { id } of await database.sql<{ id: string }>("select pull_request_id as id from pull_requests"))
    await refreshPullRequest(context, organizationId, id);
  const bodies = await database.sql<{ text: string }>(
    "select body as text from comments union all select description from pull_requests union all select canonical from audit_events",
  );
  expect(bodies.length).toBeGreaterThan(5);
  expect(JSON.stringify(bodies)).not.toContain(secret);
  expect(fixture.failures).toEqual([]);
});
