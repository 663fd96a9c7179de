import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { fixedClock } from "../platform/clock.ts";
import { testApi } from "../testing/test-api.ts";
import { testDatabase } from "../testing/test-database.ts";
import { runnerAuthentication } from "./authenticate-runner.ts";
import { expressionsOf } from "../access/environment-expressions.ts";
import { serves } from "./runner.ts";
import { runnerRoutes } from "./runner-routes.ts";

const database = await testDatabase();
const organizationId = await database.organization();
const administrator: Actor = {
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
const signedIn = { actor: administrator };
const api = await testApi<Actor>({ authenticate: async () => signedIn.actor });
runnerRoutes(api, {
  db: database.db,
  clock: fixedClock("2026-11-22T08:00:00Z"),
  newId: database.newId,
  load: async () => ({ busy: new Map(), queued: 3 }),
  lockQueue: async () => undefined,
  enginesChanged: async () => undefined,
});
const call = (method: "GET" | "POST" | "DELETE", url: string, payload?: object) =>
  api.app.inject({ method, url: `/api/v1/runners${url}`, ...(payload === undefined ? {} : { payload }) });

test("a runner's token is shown once, kept as a hash, and ends with its revocation", async () => {
  const { token, runner } = (await call("POST", "", { name: "one", environments: ["dev", "globex/*"] })).json();
  expect(runner).toMatchObject({ name: "one", environments: ["dev", "globex/*"], online: false });
  expect((await call("POST", "", { name: "one", environments: ["*"] })).json().code).toBe("already_exists");
  const stored = JSON.stringify(await database.sql("select encode(token_hash, 'hex') as hash, * from runners"));
  expect(stored + JSON.stringify(await database.sql("select canonical from audit_events"))).not.toContain(token);
  const authenticateRunner = runnerAuthentication(database.db);
  expect(await authenticateRunner(`Bearer ${token}`)).toMatchObject({
    organizationId,
    organization: "acme",
    name: "one",
  });
  const basic = `Basic ${Buffer.from(`runner:${token}`).toString("base64")}`;
  expect(await authenticateRunner(basic)).toMatchObject({ name: "one" });
  expect((await call("GET", "")).json()).toMatchObject({ queued: 3, items: [{ name: "one", busy: 0 }] });
  expect((await call("DELETE", "/one")).statusCode).toBe(204);
  expect((await call("DELETE", "/one")).statusCode).toBe(204);
  expect((await call("DELETE", "/nobody")).statusCode).toBe(404);
  for (const header of [`Bearer ${token}`, undefined, "Bearer plr_x", "Basic Og==", "Bearer"])
    await expect(runnerAuthentication(database.db)(header)).rejects.toMatchObject({ code: "not_signed_in" });
});

test("only administrators register and revoke; everybody of the organization sees runners", async () => {
  signedIn.actor = { ...administrator, roles: [{ role: "operator", environments: "*" }] };
  expect((await call("POST", "", { name: "two", environments: ["*"] })).statusCode).toBe(403);
  expect((await call("DELETE", "/one")).statusCode).toBe(403);
  expect((await call("GET", "")).statusCode).toBe(200);
});

test("patterns mean the same to the database as to people", async () => {
  const patterns = ["*", "prod", "globex/*", "globex*", "a_b", "a%b", "x*y", "x.y", "(x|y)+", "$", "a\\b"];
  const names = ["prod", "prods", "globex/prod", "globexx/prod", "a_b", "axb", "a%b", "azzb", "xy", "x/1/y"];
  for (const pattern of patterns)
    for (const name of names) {
      const [row] = await database.sql<{ fits: boolean }>("select $1 ~ any($2::text[]) as fits", [
        name,
        expressionsOf([pattern]),
      ]);
      expect([pattern, name, row?.fits]).toEqual([pattern, name, serves([pattern], name)]);
    }
});
