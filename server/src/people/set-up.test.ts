import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { testApi, testDatabase } from "../testing/index.ts";
import { openPasswordAttempts } from "./password-attempts.ts";
import { sessionRoutes } from "./session-routes.ts";
import { setUpDoor } from "./set-up-door.ts";
import { setUpRoutes } from "./set-up-routes.ts";
import { setUpOrganization } from "./set-up-organization.ts";
import { authenticateRequest } from "./authenticate-request.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "plumbline-set-up-"));
afterAll(() => rmSync(folder, { recursive: true }));
let now = Date.now();
const people = {
  db: database.db,
  newId: database.newId,
  sessionLifetime: 3600,
  attempts: openPasswordAttempts({ perMinute: 5, now: () => now }),
};
const door = setUpDoor(database.db, join(folder, "set-up-secret"));
const rootKey = { file: "/srv/root.key", keyId: "a".repeat(32) };
const api = await testApi({ authenticate: (request) => authenticateRequest(people, request) });
const doors = { secureCookie: false, loginsPerMinute: 1_000 };
sessionRoutes(api, people, doors);
setUpRoutes(api, { ...people, setUp: door, rootKey }, doors);

const administrator = {
  name: "paula",
  displayName: "Paula",
  email: "paula@acme.example",
  password: "a long enough password",
};
const send = async (method: "GET" | "POST", url: string, body?: object) => {
  const response = await api.app.inject({ method, url, ...(body === undefined ? {} : { payload: body }) });
  return { status: response.statusCode, body: response.json(), cookies: response.cookies };
};
const setUp = (secret: string, more: object = {}) =>
  send("POST", "/api/v1/set-up", { secret, organization: "acme", administrator, rootKeyKept: true, ...more });
const organizations = () => database.sql<{ name: string }>("select name from organizations");

beforeEach(async () => {
  now += 120_000;
  await database.sql("truncate organizations cascade");
});

test("with the secret of the last start the first administrator is made, audited and signed in; then it is over", async () => {
  const earlier = await door.open();
  const secret = (await door.open()) ?? "";
  expect(secret).not.toBe(earlier);
  expect(readFileSync(door.file, "utf8")).toBe(`${secret}\n`);
  expect(statSync(door.file).mode & 0o777).toBe(0o600);
  expect((await send("GET", "/api/v1/set-up")).body).toEqual({ needed: true });
  expect((await send("POST", "/api/v1/set-up/secret", { secret: ` ${secret}\n` })).body).toEqual({ rootKey });

  const made = await setUp(secret);
  expect(made).toMatchObject({ status: 200, body: { organization: "acme", name: "paula" } });
  expect(made.body.roles).toEqual([{ role: "administrator", environments: "*" }]);
  const session = made.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const me = await api.app.inject({ url: "/api/v1/me", headers: { cookie: session } });
  expect(me.json()).toMatchObject({ name: "paula" });
  const events = await database.sql<{ action: string; canonical: string }>(
    "select action, canonical from audit_events order by sequence",
  );
  expect(events.map(({ action }) => action)).toEqual(["organization.created", "session.started"]);
  expect(events[0]?.canonical).toContain('"address":"127.0.0.1"');
  expect(events[0]?.canonical).not.toContain(administrator.password);

  expect(existsSync(door.file)).toBe(false);
  expect((await send("GET", "/api/v1/set-up")).body).toEqual({ needed: false });
  expect(await setUp(secret, { organization: "globex" })).toMatchObject({
    status: 409,
    body: { code: "wrong_status", detail: "This installation is set up already." },
  });
  expect(await organizations()).toEqual([{ name: "acme" }]);
});

test("a wrong secret makes nothing, and after a few of them even the right one has to wait", async () => {
  const secret = (await door.open()) ?? "";
  for (const wrong of [`${secret}0`, "", "0".repeat(200)]) expect((await setUp(wrong)).status).toBeOneOf([400, 401]);
  const refused = await send("POST", "/api/v1/set-up/secret", { secret: "guess" });
  expect(refused).toMatchObject({ status: 401, body: { code: "set_up_refused" } });
  for (let guess = 0; guess < 3; guess++) await setUp(`guess ${guess}`);
  expect((await setUp(secret)).status).toBe(429);
  expect(await organizations()).toEqual([]);
  now += 61_000;
  expect((await setUp(secret)).status).toBe(200);
});

test("of several who set it up at once one wins", async () => {
  const secret = (await door.open()) ?? "";
  const answers = await Promise.all(
    ["one", "two", "three", "four"].map((organization) => setUp(secret, { organization })),
  );
  // Who comes a moment later finds it set up (409), or the secret of no use any more (401).
  const refused = answers.map(({ status }) => status).filter((status) => status !== 200);
  expect(refused.map((status) => [401, 409].includes(status))).toEqual([true, true, true]);
  expect(await organizations()).toHaveLength(1);
  expect(await database.sql("select 1 from people")).toHaveLength(1);
});

test("without the confirmation about the root key, or with a bad name, nothing is made", async () => {
  const secret = (await door.open()) ?? "";
  for (const bad of [
    { rootKeyKept: false },
    { organization: "Acme Inc." },
    { administrator: { ...administrator, name: "p\nx" } },
    { administrator: { ...administrator, password: "short" } },
  ])
    expect(await setUp(secret, bad)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  expect(await organizations()).toEqual([]);
});

test("an installation that was set up from a file never opens the door, and takes a leftover secret away", async () => {
  const secret = (await door.open()) ?? "";
  await setUpOrganization(people, "acme", administrator);
  expect((await setUp(secret, { organization: "globex" })).status).toBe(409);
  expect(await door.open()).toBeUndefined();
  expect(existsSync(door.file)).toBe(false);
});

test("signing in before anything is set up says where to go", async () => {
  const answer = await send("POST", "/api/v1/session", { name: "paula", password: "x" });
  expect(answer).toMatchObject({ status: 404, body: { detail: "This installation is not set up yet." } });
  expect(answer.body.next).toContain("/setup");
});
