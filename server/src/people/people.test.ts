import { expect, test } from "vitest";
import type { RoleBinding } from "@plumbline/contract";
import { testApi, testDatabase } from "../testing/index.ts";
import { authenticateRequest } from "./authenticate-request.ts";
import { actorOfPassword, actorOfSecret } from "./authenticate.ts";
import { changePerson, createPerson, listPeople } from "./manage-people.ts";
import { createToken, revokeToken } from "./manage-tokens.ts";
import { hashPassword, passwordFits } from "./passwords.ts";
import { openPasswordAttempts } from "./password-attempts.ts";
import { sessionRoutes } from "./session-routes.ts";
import { setUpOrganization } from "./set-up-organization.ts";
import { signIn } from "./sign-in.ts";

const database = await testDatabase();
const context = { db: database.db, newId: database.newId, sessionLifetime: 3600 };
const password = "correct horse battery";
const organizationId = await setUpOrganization(context, "acme", {
  name: "platform",
  displayName: "Paula",
  email: "Paula@acme.example",
  password,
});
const { actor: administrator } = await signIn(context, { name: "platform", password });
const role = (name: RoleBinding["role"], environments = "*"): RoleBinding => ({ role: name, environments });

test("a password fits its own hash only, and no hash fits nothing", async () => {
  const hash = await hashPassword(password);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits(password, hash)).toBe(true);
  expect(await passwordFits(`${password} `, hash)).toBe(false);
  expect(await passwordFits("", null)).toBe(false);
  expect(hash).not.toBe(await hashPassword(password));
});

test("an unknown name and a wrong password are refused with the same words", async () => {
  const organization = { id: organizationId, name: "acme" };
  const refusals = await Promise.all(
    [
      ["platform", "wrong"],
      ["nobody", password],
    ].map(([name = "", given = ""]) =>
      actorOfPassword(context, organization, name, given).catch((error: unknown) => String(error)),
    ),
  );
  expect(refusals[0]).toBe(refusals[1]);
  expect(refusals[0]).toContain("No person of this name has this password.");
});

test("a person is added with roles and addresses, in lower case and once in the organization", async () => {
  const created = await createPerson(context, administrator, {
    name: "dev",
    displayName: "Devi",
    email: "Dev@acme.example",
    addresses: ["devi@home.example"],
    password: "another long one",
    roles: [role("proposer", "dev")],
  });
  expect(created.addresses).toEqual(["dev@acme.example", "devi@home.example"]);
  expect(created.roles).toEqual([{ role: "proposer", environments: "dev" }]);
  const again = { name: "dev2", displayName: "x", addresses: ["DEVI@home.example"], roles: [] };
  await expect(createPerson(context, administrator, again)).rejects.toThrow(
    "The address devi@home.example is dev's already.",
  );
});

test("who lacks the right can neither add nor change people", async () => {
  const { actor: dev } = await signIn(context, { name: "dev", password: "another long one" });
  await expect(createPerson(context, dev, { name: "x", displayName: "x", addresses: [], roles: [] })).rejects.toThrow(
    "may not add or change people",
  );
  await expect(changePerson(context, dev, "dev", { roles: [role("administrator")] })).rejects.toThrow(
    "may not add or change people",
  );
});

test("the last administrator stays one", async () => {
  await expect(changePerson(context, administrator, "platform", { roles: [] })).rejects.toThrow("last administrator");
  await expect(changePerson(context, administrator, "platform", { disabled: true })).rejects.toThrow(
    "last administrator",
  );
  expect((await listPeople(context, administrator)).find(({ name }) => name === "platform")?.roles).toEqual([
    role("administrator"),
  ]);
});

test("disabling a person ends his sessions and tokens at once", async () => {
  const session = await signIn(context, { name: "dev", password: "another long one" });
  const { token } = await createToken(context, session.actor, { name: "t", scopes: ["all"], expiresInDays: 1 });
  expect((await actorOfSecret(context, token)).name).toBe("dev");
  await changePerson(context, administrator, "dev", { disabled: true });
  await expect(actorOfSecret(context, token)).rejects.toThrow("not valid any more");
  await expect(actorOfSecret(context, session.secret)).rejects.toThrow("not valid any more");
  await changePerson(context, administrator, "dev", { disabled: false });
});

test("a token cannot make another one, and a revoked one is refused", async () => {
  const { actor } = await signIn(context, { name: "dev", password: "another long one" });
  const { token, details } = await createToken(context, actor, { name: "all", scopes: ["all"], expiresInDays: 1 });
  const byToken = await actorOfSecret(context, token);
  await expect(createToken(context, byToken, { name: "more", scopes: ["read"], expiresInDays: 1 })).rejects.toThrow(
    "cannot make another one",
  );
  await revokeToken(context, actor, details.id);
  await expect(actorOfSecret(context, token)).rejects.toThrow("not valid any more");
});

test("secrets are kept as hashes only", async () => {
  const { actor, secret } = await signIn(context, { name: "platform", password });
  const { token } = await createToken(context, actor, { name: "t", scopes: ["all"], expiresInDays: 1 });
  for (const table of ["sessions", "api_tokens", "people", "audit_events"]) {
    const rows = await database.sql<{ row: string }>(`select t::text as row from ${table} t`);
    for (const needle of [secret, token, password]) expect(rows.some(({ row }) => row.includes(needle))).toBe(false);
  }
});

test("signing in over HTTP sets a cookie that scripts cannot read, and signing out ends it", async () => {
  const attempts = openPasswordAttempts({ perMinute: 3, now: Date.now });
  const door = { ...context, attempts };
  const api = await testApi({ authenticate: (request) => authenticateRequest(door, request) });
  sessionRoutes(api, door, { secureCookie: true, loginsPerMinute: 5 });
  const signedIn = await api.app.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { name: "platform", password },
  });
  expect(signedIn.statusCode).toBe(200);
  const cookie = signedIn.headers["set-cookie"];
  expect(String(cookie)).toMatch(/HttpOnly.*Secure.*SameSite=Lax|HttpOnly; Secure; SameSite=Lax/);
  const headers = { cookie: String(cookie).split(";")[0] ?? "" };
  expect((await api.app.inject({ url: "/api/v1/me", headers })).json()).toMatchObject({
    name: "platform",
    organization: "acme",
  });
  expect((await api.app.inject({ method: "DELETE", url: "/api/v1/session", headers })).statusCode).toBe(204);
  expect((await api.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(401);
  expect((await api.app.inject({ url: "/api/v1/me" })).statusCode).toBe(401);
});
