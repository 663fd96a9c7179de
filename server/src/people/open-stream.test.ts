import { streamEvents } from "@plumbline/contract";
import { afterAll, expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { openListener } from "../platform/database/listen.ts";
import { register } from "../platform/http/index.ts";
import { openLog } from "../platform/log.ts";
import { testApi, testDatabase } from "../testing/index.ts";
import { authenticateRequest } from "./authenticate-request.ts";
import { changePerson, createPerson } from "./manage-people.ts";
import { createToken, revokeToken } from "./manage-tokens.ts";
import { openPasswordAttempts } from "./password-attempts.ts";
import { openStream } from "./open-stream.ts";
import { setUpOrganization } from "./set-up-organization.ts";
import { signIn, signOut } from "./sign-in.ts";

const database = await testDatabase();
const password = "correct horse battery";
const context = { db: database.db, newId: database.newId, sessionLifetime: 3600 };
await setUpOrganization(context, "acme", { name: "platform", displayName: "P", email: "p@acme.example", password });
const { actor: administrator } = await signIn(context, { name: "platform", password });
const listener = openListener(database.connections.application, openLog({ level: "silent" }));
afterAll(() => listener.close());

const door = { ...context, attempts: openPasswordAttempts({ perMinute: 100, now: Date.now }) };
const api = await testApi<Actor>({ authenticate: (request) => authenticateRequest(door, request) });
const options = { lookAgainEvery: 3_600_000 };
register(api, streamEvents, async ({ actor, request, reply }) => {
  openStream({ api, listener, ...options }, actor, request, reply);
});
const url = `${await api.listen()}/api/v1/events`;

/** Opens the stream as somebody; `ended` is fulfilled when the server ends it. */
async function open(secret: string): Promise<{ ended: Promise<unknown>; status: number }> {
  const cookie = `plumbline_session=${secret}`;
  const headers: Record<string, string> = secret.startsWith("plt_")
    ? { authorization: `Bearer ${secret}` }
    : { cookie };
  const response = await fetch(url, { headers });
  return { status: response.status, ended: response.text() };
}

let count = 0;
async function somebody() {
  const name = `dev${++count}`;
  const roles = [{ role: "reader" as const, environments: "*" }];
  await createPerson(context, administrator, { name, displayName: name, addresses: [], password, roles });
  return { name, ...(await signIn(context, { name, password })) };
}

/** Whether a stream is open still, after everything that was announced until now has been heard and looked into. */
async function staysOpen(stream: { ended: Promise<unknown> }): Promise<boolean> {
  const witness = await somebody();
  const other = await open(witness.secret);
  await changePerson(context, administrator, witness.name, { disabled: true });
  await other.ended;
  return Promise.race([stream.ended.then(() => false), Promise.resolve(true)]);
}

test("a stream ends when its session does; those of others stay", async () => {
  const [first, second] = [await somebody(), await somebody()];
  const [mine, other] = [await open(first.secret), await open(second.secret)];
  await signOut(context, first.actor, first.secret);
  await mine.ended;
  expect(await staysOpen(other)).toBe(true);
});

test("a stream ends when its token is revoked; that of another token of the same person stays", async () => {
  const { actor } = await somebody();
  const make = () => createToken(context, actor, { name: "t", scopes: ["read"], expiresInDays: 1 });
  const [first, second] = [await make(), await make()];
  const [mine, other] = [await open(first.token), await open(second.token)];
  await revokeToken(context, actor, first.details.id);
  await mine.ended;
  expect(await staysOpen(other)).toBe(true);
});

test("a stream ends when roles are taken away, and when its reader is disabled; another name changes nothing", async () => {
  const { name, secret } = await somebody();
  const stream = await open(secret);
  await changePerson(context, administrator, name, { displayName: "Other" });
  expect(await staysOpen(stream)).toBe(true);
  await changePerson(context, administrator, name, { roles: [{ role: "reader", environments: "dev" }] });
  await stream.ended;
  const again = await open(secret);
  expect(again.status).toBe(200);
  await changePerson(context, administrator, name, { disabled: true });
  await again.ended;
  expect((await open(secret)).status).toBe(401);
});

test("a stream ends when its session expires, which nobody announces", async () => {
  const { secret, actor } = await somebody();
  options.lookAgainEvery = 20;
  const stream = await open(secret);
  options.lookAgainEvery = 3_600_000;
  await database.sql("update sessions set expires_at = now() where person_id = $1", [actor.id]);
  await stream.ended;
  expect((await open(secret)).status).toBe(401);
});

test("a person has so many streams and no more; one that ends makes room", async () => {
  const { secret, actor } = await somebody();
  const streams = await Promise.all(Array.from({ length: 40 }, () => open(secret)));
  expect(streams.every(({ status }) => status === 200)).toBe(true);
  const refused = await open(secret);
  expect([refused.status, String(await refused.ended)]).toEqual([429, expect.stringContaining("40 live connections")]);
  const other = await somebody();
  expect((await open(other.secret)).status).toBe(200);
  await signOut(context, actor, secret);
  await Promise.all(streams.map(({ ended }) => ended));
  const { secret: next } = await signIn(context, { name: actor.name, password });
  expect((await open(next)).status).toBe(200);
});
