import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { fixedClock } from "../platform/clock.ts";
import { acceptedTool } from "../testing/accepted-tool.ts";
import { testApi } from "../testing/test-api.ts";
import { testDatabase } from "../testing/test-database.ts";
import { resolveEngine } from "./tool.ts";
import type { ToolRecord } from "./tool.ts";
import { toolRoutes } from "./tool-routes.ts";

const at = new Date("2026-11-22T08:00:00Z");

function locked(name: "terraform" | "tofu", version: string, more: Partial<ToolRecord> = {}): ToolRecord {
  const sha256 = Buffer.from(`${name} ${version}`.padEnd(32)).toString("hex");
  const unused = { source: "x", archive: null, acceptedAt: at, acceptedBy: "p", withdrawnAt: null, withdrawnBy: null };
  return { name, version, platform: "linux_amd64", sha256, ...unused, ...more };
}

function runner(name: string, environments: string[], engines: ToolRecord[], more: { revokedAt?: Date } = {}) {
  return { name, environments, engines, revokedAt: null, lastSeenAt: at, ...more };
}

const [old, middle, newest] = [
  locked("terraform", "1.10.5"),
  locked("terraform", "1.11.4"),
  locked("terraform", "1.12.0"),
];
const wanted = { name: "terraform" as const, constraint: "~> 1.10", environment: "prod" };

test("the newest accepted version that fits and that a runner of the environment has is used by all", () => {
  const runners = [runner("a", ["*"], [old, middle]), runner("b", ["dev"], [newest])];
  expect(resolveEngine(wanted, [old, middle, newest], runners)).toMatchObject({ version: "1.11.4" });
  expect(resolveEngine({ ...wanted, environment: "dev" }, [old, middle, newest], runners)).toMatchObject({
    version: "1.12.0",
  });
  expect(resolveEngine({ ...wanted, constraint: "~> 1.10.0" }, [old, middle], runners)).toMatchObject({
    version: "1.10.5",
  });
});

test("one version may have several binaries, and a release is newer than what came before it", () => {
  const arm = { ...middle, platform: "linux_arm64", sha256: "f".repeat(64) };
  expect(resolveEngine(wanted, [middle, arm], [])).toEqual({
    version: "1.11.4",
    sha256s: new Set([middle.sha256, arm.sha256]),
  });
  const candidate = locked("terraform", "1.12.0-rc1");
  expect(resolveEngine(wanted, [candidate, newest], [])).toMatchObject({ version: "1.12.0" });
});

test("what is withdrawn, another engine, or only on a revoked runner is not used, and it is said what to do", () => {
  const withdrawn = { ...middle, withdrawnAt: at };
  expect(resolveEngine(wanted, [withdrawn, locked("tofu", "1.11.0")], [])).toMatchObject({
    version: null,
    reason: 'nobody has accepted a terraform that satisfies "~> 1.10"; accepted: tofu 1.11.0',
  });
  expect(resolveEngine(wanted, [withdrawn], [runner("a", ["prod"], [middle])])).toMatchObject({
    version: null,
    reason: 'nobody has accepted a terraform that satisfies "~> 1.10"; runner a has 1.11.4',
    next: expect.stringContaining("plumb tools accept terraform 1.11.4"),
  });
  const revoked = runner("b", ["*"], [middle], { revokedAt: at });
  expect(resolveEngine(wanted, [middle], [runner("a", ["*"], [old]), revoked])).toMatchObject({
    version: null,
    reason: expect.stringContaining("no runner of prod has it"),
  });
});

const database = await testDatabase();
const organizationId = await database.organization();
const changed: string[] = [];
const actor: Actor = {
  kind: "person",
  organizationId,
  organization: "acme",
  id: database.newId(),
  name: "platform",
  displayName: "Platform",
  email: null,
  roles: [{ role: "administrator", environments: "*" }],
  scopes: null,
  via: "session",
};
const signedIn = { actor };
const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
toolRoutes(api, {
  db: database.db,
  clock: fixedClock(at.toISOString()),
  newId: database.newId,
  load: async () => ({ busy: new Map(), queued: 0 }),
  lockQueue: async () => undefined,
  enginesChanged: async (_tx, id) => void changed.push(id),
});
const call = (method: "GET" | "POST" | "DELETE", path = "", payload?: object) =>
  api.app.inject({ method, url: `/api/v1/tools${path}`, ...(payload === undefined ? {} : { payload }) });
const offered = { name: "tofu", version: "1.11.0", platform: "linux_amd64", sha256: "b".repeat(64) };

test("what a runner has is found, accepted once, recorded, and withdrawn again", async () => {
  await database.sql(
    `insert into runners (organization_id, runner_id, name, token_hash, environments, last_seen_at, engines)
     values ($1, $2, 'one', 'x', '{*}', now(), $3)`,
    [organizationId, database.newId(), JSON.stringify([offered, acceptedTool])],
  );
  expect((await call("GET")).json()).toMatchObject({
    items: [{ ...acceptedTool, runners: ["one"], withdrawnAt: null }],
    found: [{ ...offered, runners: ["one"] }],
  });
  const body = { ...offered, source: "found on runner one", archive: null };
  expect((await call("POST", "", body)).json()).toMatchObject({ acceptedBy: "platform", runners: ["one"] });
  expect((await call("POST", "", body)).statusCode).toBe(200);
  expect(changed).toEqual([organizationId]);
  expect((await call("GET")).json()).toMatchObject({ found: [] });
  expect((await call("POST", "", { ...body, version: "1.11.1" })).json()).toMatchObject({ code: "already_exists" });
  expect((await call("DELETE", `/${offered.sha256}`)).statusCode).toBe(204);
  expect((await call("DELETE", `/${offered.sha256}`)).statusCode).toBe(204);
  expect((await call("DELETE", `/${"c".repeat(64)}`)).statusCode).toBe(404);
  expect((await call("GET")).json()).toMatchObject({ found: [{ version: "1.11.0" }] });
  const log = await database.sql<{ action: string }>("select action from audit_events order by sequence");
  expect(log.map(({ action }) => action)).toEqual(["tool.accepted", "tool.withdrawn"]);
});

test("a release is added to a binary that was accepted without one; whoever only reads accepts nothing", async () => {
  const archive = { file: "terraform_1.11.0_linux_amd64.zip", sha256: "d".repeat(64) };
  await call("POST", "", { ...acceptedTool, source: "mirror", archive });
  expect((await call("GET")).json().items).toContainEqual(expect.objectContaining({ ...acceptedTool, archive }));
  signedIn.actor = { ...actor, roles: [{ role: "reader", environments: "*" }] };
  expect((await call("POST", "", { ...offered, source: "x", archive: null })).statusCode).toBe(403);
  expect((await call("DELETE", `/${acceptedTool.sha256}`)).statusCode).toBe(403);
  expect((await call("GET")).statusCode).toBe(200);
});
