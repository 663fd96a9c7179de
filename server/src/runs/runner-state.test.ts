import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { systemActor } from "../access/actor.ts";
import type { Actor } from "../access/actor.ts";
import { readImportFile } from "../states/import-file.ts";
import { proposeState, withdrawProposal } from "../states/proposed-state.ts";
import { stateRoutes } from "../states/state-routes.ts";
import { workspaceWithId } from "../states/workspace-ref.ts";
import { prepareState } from "../states/write-state.ts";
import { testApi } from "../testing/test-api.ts";
import { runnerRoutes } from "./runner-calls/runner-routes.ts";
import { fakeRunner, stateFile } from "./testing/fake-runner.ts";
import { runsFixture } from "./testing/runs-fixture.ts";
import { scenario, there } from "./testing/scenario.ts";

const fixture = await runsFixture();
const { context, database } = fixture;
const signedIn = { actor: systemActor(fixture.organizationId, "acme") as Actor };
const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
runnerRoutes(api.app, context);
stateRoutes(api, context.states);
const { merge, plan, run } = scenario(fixture);
const runner = await fakeRunner(fixture, api.app, "one");
const other = await fakeRunner(fixture, api.app, "two");

test("the lease holder locks, writes and unlocks; nobody else does, and nothing refused is stored", async () => {
  await merge(1, [{ name: "network/dev" }]);
  const job = there(await runner.claim());
  expect((await runner.state(job, "GET")).statusCode).toBe(404);
  expect((await runner.state(job, "LOCK", { ID: "l1", Who: "me" })).statusCode).toBe(200);
  const locked = await runner.state(job, "LOCK", { ID: "l2" });
  expect([locked.statusCode, locked.json().ID]).toEqual([423, "l1"]);
  expect((await runner.state(job, "POST", stateFile(1), "l2")).statusCode).toBe(423);
  expect((await other.state(job, "POST", stateFile(1), "l1")).statusCode).toBe(409);
  expect((await runner.state({ ...job, epoch: job.epoch + 1 }, "POST", stateFile(1), "l1")).statusCode).toBe(409);
  expect((await runner.state(job, "POST", stateFile(3, { vpc_id: "vpc-1" }), "l1")).statusCode).toBe(200);
  expect((await runner.state(job, "POST", stateFile(3, { vpc_id: "vpc-1" }), "l1")).statusCode).toBe(200);
  for (const [body, words] of [
    [stateFile(3, { vpc_id: "other" }), "content differs"],
    [stateFile(2), "serial 3 is stored"],
    [stateFile(4, {}, "elsewhere"), "lineage"],
    ["text", "format version 4"],
  ] as const) {
    const refused = await runner.state(job, "POST", body, "l1");
    expect([refused.statusCode, refused.json().code]).toEqual([409, "state_refused"]);
    expect(refused.json().detail).toContain(words);
  }
  const bytes = Buffer.from(JSON.stringify(stateFile(5)));
  const damaged = await api.app.inject({
    method: "POST",
    url: `/api/runner/runs/${job.runId}/${job.epoch}/state?ID=l1`,
    headers: { authorization: "Bearer plr_wrong", "content-md5": "x" },
    payload: bytes,
  });
  expect(damaged.statusCode).toBe(401);
  const [stored] = await database.sql<{ count: number; sealed: Buffer }>(
    "select count(*) over () as count, sealed from state_versions",
  );
  expect(stored?.count).toBe(1);
  expect(stored?.sealed.includes(Buffer.from("lab_bucket"))).toBe(false);
  const read = await runner.state(job, "GET");
  await runner.state(job, "GET"); // an engine asks several times; the log has one entry
  expect(read.json()).toEqual(stateFile(3, { vpc_id: "vpc-1" }));
  expect(read.headers["content-md5"]).toBe(createHash("md5").update(read.rawPayload).digest("base64"));
  expect((await runner.state(job, "UNLOCK", { ID: "l1" })).statusCode).toBe(200);
  fixture.approved.add((await runner.plan(job, { changes: {} })).digest);
  await runner.finish(job, "finished");
  expect(await run(job.runId)).toMatchObject({
    stateVersionBefore: null,
    stateVersionAfter: 1,
    workspace: { stateVersion: 1 },
  });
});

test("a plan reads the version that was the newest when it began, and cannot write", async () => {
  await plan({ name: "network/dev" });
  const job = there(await runner.claim());
  await merge(2, [{ name: "network/dev" }]);
  const apply = there(await other.claim());
  expect((await other.state(apply, "POST", stateFile(4))).statusCode).toBe(200);
  expect((await runner.state(job, "GET")).json().serial).toBe(3);
  expect((await other.state(apply, "GET")).json().serial).toBe(4);
  for (const method of ["POST", "LOCK"] as const)
    expect((await runner.state(job, method, stateFile(9))).statusCode).toBe(403);
  await runner.finish(job, "canceled");
  await other.finish(apply, "canceled");
  expect((await other.state(apply, "POST", stateFile(5))).statusCode).toBe(409);
});

test("people read versions and differences, audited, where they have the right, and never write", async () => {
  const url = (path: string) => `/api/v1/workspaces/network%2Fdev/${path}`;
  const get = (path: string) => api.app.inject({ method: "GET", url: url(path) });
  expect((await get("state?version=1")).json().serial).toBe(3);
  expect((await get("state")).headers["content-md5"]).toBeDefined();
  expect((await get("state?version=9")).statusCode).toBe(404);
  const list = (await get("state-versions")).json();
  expect(
    list.items.map(({ version, run: number, resources }: { version: number; run: number; resources: number }) => [
      version,
      number,
      resources,
    ]),
  ).toEqual([
    [2, 3, 1],
    [1, 1, 1],
  ]);
  expect(
    (await get("state-diff?from=1&to=2")).json().resources.map(({ address }: { address: string }) => address),
  ).toEqual(["lab_bucket.logs", "output.vpc_id"]);
  const held = async (query: string) => (await get(`state-resources${query}`)).json();
  const newest = await held("");
  await database.sql("update state_versions set created_at = created_at - interval '1 hour' where version = 1");
  expect(newest).toMatchObject({ version: { version: 2 }, until: null });
  expect(newest.resources.map(({ address }: { address: string }) => address)).toEqual(["lab_bucket.logs"]);
  const first = await held("?version=1");
  expect(first.until).toBe(newest.version.createdAt);
  expect(await held(`?at=${first.version.createdAt}`)).toEqual(first);
  expect(await held("?at=2001-01-01T00:00:00Z")).toEqual({ version: null, until: null, resources: [], outputs: [] });
  expect((await held("?version=9")).code).toBe("not_found");
  expect((await held("?version=1&at=2001-01-01T00:00:00Z")).code).toBe("invalid_request");
  for (const method of ["POST", "LOCK", "UNLOCK"]) {
    const answer = await api.app.inject({
      method: method as "POST",
      url: url("state"),
      payload: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([403, "not_allowed"]);
  }
  const system = signedIn.actor;
  signedIn.actor = {
    ...system,
    kind: "person",
    roles: [{ role: "reader", environments: "*" }],
    id: fixture.personId,
    name: "dev",
  };
  expect((await get("state-versions")).statusCode).toBe(200);
  expect((await get("state-resources")).statusCode).toBe(200);
  expect((await get("state")).statusCode).toBe(403);
  expect((await get("state-diff?from=0&to=1")).statusCode).toBe(403);
  signedIn.actor = system;
  const entries = await database.sql<{ text: string }>(
    "select canonical::json->>'text' as text from audit_events where action like 'state.%' order by sequence",
  );
  expect(entries.map(({ text }) => text)).toEqual([
    "run 1 wrote version 1 of the state of network/dev",
    "run 1 read version 1 of the state of network/dev",
    "run 3 wrote version 2 of the state of network/dev",
    "run 2 read version 1 of the state of network/dev",
    "run 3 read version 2 of the state of network/dev",
    "plumbline read version 1 of the state of network/dev",
    "plumbline read version 2 of the state of network/dev",
    "plumbline compared versions 1 and 2 of the state of network/dev",
  ]);
});

test("a plan of a workspace that holds nothing reads the state that is proposed for it; nothing else does", async () => {
  const { pull, runs } = await plan({ name: "dns/dev" });
  const workspaceId = await fixture.workspace("dns/dev");
  const bytes = Buffer.from(
    JSON.stringify({ ...stateFile(4), resources: [], terraform_version: "1.11.4", lineage: "brought" }),
  );
  const prepared = await prepareState(context.states, fixture.organizationId, bytes);
  await fixture.tx(async (tx) =>
    proposeState(tx, context.states, {
      workspace: await workspaceWithId(tx, workspaceId),
      pullRequestId: pull.pullRequestId,
      facts: readImportFile(bytes),
      prepared,
    }),
  );
  const job = there(await runner.claim());
  expect(job.runId).toBe(runs.get("dns/dev"));
  const read = await runner.state(job, "GET");
  await runner.state(job, "GET");
  expect(read.rawPayload.equals(bytes)).toBe(true);
  expect(read.headers["content-md5"]).toBe(createHash("md5").update(bytes).digest("base64"));
  expect((await run(job.runId)).stateVersionBefore).toBe(0);
  expect((await runner.state(job, "POST", stateFile(5), "l1")).statusCode).toBe(403);
  const entries = await database.sql<{ text: string }>(
    "select canonical as text from audit_events where workspace = 'dns/dev' and action = 'state.read'",
  );
  expect(entries).toHaveLength(1);
  await fixture.tx((tx) => withdrawProposal(tx, pull.pullRequestId));
  expect((await runner.state(job, "GET")).statusCode).toBe(409);
});
