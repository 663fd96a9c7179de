import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problem } from "@plumbline/contract";
import { endpoint } from "@plumbline/contract/endpoint";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { testApi } from "../../testing/test-api.ts";
import { bodiesAsBytes } from "./bodies.ts";
import { sse } from "./event-stream.ts";
import { register, registerPublic } from "./register.ts";

const web = mkdtempSync(join(tmpdir(), "plumbline-web-"));
mkdirSync(join(web, "assets"));
writeFileSync(join(web, "index.html"), "<!doctype html><title>Plumbline</title>");
writeFileSync(join(web, "assets", "app-1234.js"), "start()");
afterAll(() => rmSync(web, { recursive: true }));

const Kept = z.object({ number: z.int(), by: z.string() }).meta({ id: "TestKept" });
z.object({ never: z.string() }).meta({ id: "TestUnreferenced" });

const keep = endpoint({
  id: "keepNumber",
  method: "POST",
  path: "/api/v1/numbers/:number",
  auth: "person",
  tag: "numbers",
  summary: "Keep a <number>",
  params: z.object({ number: z.coerce.number().int() }),
  query: z.object({ times: z.coerce.number().int().max(5).default(1) }),
  body: z.object({ secret: z.string().min(20) }),
  response: Kept,
});
const forget = endpoint({
  id: "forgetNumber",
  method: "DELETE",
  path: "/api/v1/numbers/:number",
  auth: "public",
  tag: "numbers",
  summary: "Forget a number",
  params: z.object({ number: z.string() }),
});

const api = await testApi<{ name: string }>({
  authenticate: async (request) => (request.headers.authorization === "Bearer ann" ? { name: "ann" } : undefined),
  env: { PLUMBLINE_SERVER__WEB_DIR: web },
  readiness: { database: async () => undefined },
});
register(api, keep, async ({ params, query, body, actor }) => ({
  number: params.number * query.times,
  by: actor.name,
  leaked: body.secret,
}));
registerPublic(api, forget, async ({ params }) => {
  if (params.number === "13") throw problem("wrong_status", "13 stays.", { data: { number: 13 } });
  if (params.number === "14") throw new Error("password=hunter2");
});
await api.app.register(async (scope) => {
  bodiesAsBytes(scope, 8);
  scope.route({
    method: ["LOCK", "UNLOCK"],
    url: "/state",
    handler: async (request) => ({ bytes: (request.body as Buffer).length }),
  });
});

const body = { secret: "a".repeat(20) };
const signedIn = { authorization: "Bearer ann" };

test("a handler gets what is valid, typed, and the answer holds nothing that was not declared", async () => {
  const answer = await api.app.inject({
    method: "POST",
    url: "/api/v1/numbers/4?times=2",
    headers: signedIn,
    payload: body,
  });
  expect(answer.json()).toEqual({ number: 8, by: "ann" });
  expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
});

test("the documentation needs no login, and has the content policy of all pages", async () => {
  const answer = await api.app.inject({ url: "/docs/troubleshooting", headers: { accept: "text/html" } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-security-policy"]).toContain("default-src 'self'");
  expect(answer.body).toContain('<h3 id="merge_refused">');
});

test("who is not signed in gets not_signed_in", async () => {
  const answer = await api.app.inject({ method: "POST", url: "/api/v1/numbers/4", payload: body });
  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toMatchObject({ code: "not_signed_in", requestId: answer.headers["x-request-id"] });
});

test("a wrong field is named, its value is not repeated", async () => {
  const answer = await api.app.inject({
    method: "POST",
    url: "/api/v1/numbers/4",
    headers: signedIn,
    payload: { secret: "hunter2" },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: "invalid_request", data: { fields: [{ field: "secret" }] } });
  expect(answer.body).not.toContain("hunter2");
  const query = await api.app.inject({
    method: "POST",
    url: "/api/v1/numbers/4?times=9",
    headers: signedIn,
    payload: body,
  });
  expect(query.json().detail).toMatch(/^query\.times: /);
  const broken = await api.app.inject({
    method: "POST",
    url: "/api/v1/numbers/4",
    headers: { ...signedIn, "content-type": "application/json" },
    payload: "{",
  });
  expect(broken.json().code).toBe("invalid_request");
});

test("problems keep their status and data; other errors tell nothing", async () => {
  const refused = await api.app.inject({ method: "DELETE", url: "/api/v1/numbers/13" });
  expect([refused.statusCode, refused.json()]).toMatchObject([
    409,
    { code: "wrong_status", detail: "13 stays.", data: { number: 13 } },
  ]);
  const failed = await api.app.inject({ method: "DELETE", url: "/api/v1/numbers/14" });
  expect([failed.statusCode, failed.json().code]).toEqual([500, "internal"]);
  expect(failed.body).not.toContain("hunter2");
  const done = await api.app.inject({ method: "DELETE", url: "/api/v1/numbers/1" });
  expect([done.statusCode, done.body]).toEqual([204, ""]);
});

test("a name with a slash stays one parameter when it is encoded", async () => {
  const answer = await api.app.inject({ method: "DELETE", url: "/api/v1/numbers/network%2Fprod" });
  expect(answer.statusCode).toBe(204);
});

test("a page of another site cannot change anything", async () => {
  const from = (origin: string) =>
    api.app.inject({ method: "DELETE", url: "/api/v1/numbers/1", headers: { origin, host: "plumbline.test" } });
  expect((await from("https://evil.test")).json().code).toBe("not_allowed");
  expect((await from("http://plumbline.test")).statusCode).toBe(204);
});

test("LOCK and UNLOCK take bytes up to their own limit", async () => {
  const lock = (payload: string) => api.app.inject({ method: "LOCK" as "POST", url: "/state", payload });
  expect((await lock("12345678")).json()).toEqual({ bytes: 8 });
  expect((await lock("123456789")).json().code).toBe("too_large");
});

test("the API describes itself: only schemas that are used, and a page without markup from elsewhere", async () => {
  const document = (await api.app.inject("/api/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.components.schemas).toSorted()).toEqual(["Problem", "TestKept"]);
  expect(document.paths["/api/v1/numbers/{number}"].post.operationId).toBe("keepNumber");
  const page = await api.app.inject("/api/docs");
  expect(page.body).toContain("Keep a &lt;number&gt;");
  expect(page.body).not.toMatch(/<script|src=|https?:/);
});

test("addresses of the web pages get index.html, files their caching, programs not_found", async () => {
  const html = { accept: "text/html" };
  expect((await api.app.inject({ url: "/pull-requests/7", headers: html })).body).toContain("<title>Plumbline");
  expect((await api.app.inject("/assets/app-1234.js")).headers["cache-control"]).toContain("immutable");
  expect((await api.app.inject({ url: "/", headers: html })).headers["cache-control"]).toBe("no-cache");
  expect((await api.app.inject({ url: "/api/v1/nothing", headers: html })).json().code).toBe("not_found");
  expect((await api.app.inject("/assets/%2e%2e/%2e%2e/etc/passwd")).statusCode).toBeGreaterThanOrEqual(400);
});

test("plain HTTP is for loopback and declared proxies that end TLS", async () => {
  const code = async (to: Pick<typeof api, "app">, remoteAddress: string, headers: Record<string, string> = {}) =>
    (await to.app.inject({ url: "/api/v1/nothing", remoteAddress, headers })).json().code;
  expect(await code(api, "127.0.0.1")).toBe("not_found");
  expect(await code(api, "::ffff:127.0.0.1")).toBe("not_found");
  expect(await code(api, "10.1.2.3")).toBe("insecure_transport");
  expect(await code(api, "127.0.0.1", { "x-forwarded-for": "10.1.2.3" })).toBe("insecure_transport");
  const behind = await testApi({ env: { PLUMBLINE_SERVER__TRUSTED_PROXIES: "[10.0.0.0/8]" } });
  expect(await code(behind, "10.1.2.3", { "x-forwarded-proto": "https", "x-forwarded-for": "8.8.8.8" })).toBe(
    "not_found",
  );
  expect(await code(behind, "10.1.2.3", { "x-forwarded-proto": "http" })).toBe("insecure_transport");
  expect(await code(behind, "11.1.2.3", { "x-forwarded-proto": "https" })).toBe("insecure_transport");
  const silent = await behind.app.inject({ method: "GET", url: "/nothing", remoteAddress: "10.1.2.3" });
  expect(silent.json()).toMatchObject({
    code: "insecure_transport",
    next: expect.stringContaining('take the address out of "trustedProxies"'),
  });
  const open = await testApi({ env: { PLUMBLINE_SERVER__ALLOW_INSECURE: "true" } });
  expect(await code(open, "10.1.2.3")).toBe("not_found");
  expect((await open.app.inject("/readyz")).json().warnings).toHaveLength(1);
  expect((await api.app.inject({ url: "/healthz", remoteAddress: "10.1.2.3" })).json()).toEqual({ status: "ok" });
});

test("an address that asks too often has to wait", async () => {
  const limited = await testApi({ env: { PLUMBLINE_SERVER__LIMITS__REQUESTS_PER_MINUTE: "2" } });
  registerPublic(limited, forget, async () => undefined);
  const ask = async () => (await limited.app.inject({ method: "DELETE", url: "/api/v1/numbers/1" })).statusCode;
  expect([await ask(), await ask(), await ask()]).toEqual([204, 204, 429]);
});

test("readiness names the part that fails; metrics count by declared route", async () => {
  const broken = await testApi({
    readiness: { database: () => Promise.reject(new Error("gone")), git: async () => undefined },
  });
  const answer = await broken.app.inject("/readyz");
  expect([answer.statusCode, answer.json().checks]).toEqual([503, { database: "failed", git: "ok" }]);
  await api.app.inject({ method: "DELETE", url: "/api/v1/numbers/secret-name" });
  const metrics = (await api.app.inject("/metrics")).body;
  expect(metrics).toContain('route="/api/v1/numbers/:number"');
  expect(metrics).not.toContain("secret-name");
});

test("events stream with ids, and a stopping server ends them", async () => {
  const streaming = await testApi();
  const aborted = Promise.withResolvers<void>();
  streaming.app.get("/events", async (request, reply) => {
    const stream = sse(request, reply);
    stream.signal.addEventListener("abort", () => aborted.resolve());
    stream.send({ event: "log\nid: 9", id: "2", data: { after: stream.lastEventId, text: "a\nb" } });
  });
  const address = await streaming.listen();
  const response = await fetch(`${address}/events`, { headers: { "last-event-id": "1" } });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("x-request-id")).toBeTruthy();
  const reading = response.text();
  await streaming.close();
  expect(await reading).toBe('retry: 2000\n\nevent: log id: 9\nid: 2\ndata: {"after":"1","text":"a\\nb"}\n\n');
  await aborted.promise;
});

test("a client that left before its stream began leaves nothing behind", async () => {
  const streaming = await testApi();
  const seen = Promise.withResolvers<{ aborted: boolean; open: number }>();
  streaming.app.get("/events", async (request, reply) => {
    await new Promise((resolve) => reply.raw.once("close", resolve));
    const stream = sse(request, reply);
    seen.resolve({ aborted: stream.signal.aborted, open: streaming.app.eventStreams.size });
  });
  const address = await streaming.listen();
  const leaving = new AbortController();
  const asked = fetch(`${address}/events`, { signal: leaving.signal }).catch(() => undefined);
  setTimeout(() => leaving.abort(), 50);
  await asked;
  expect(await seen.promise).toEqual({ aborted: true, open: 0 });
  await streaming.close();
});

test("a taken port is a clear error", async () => {
  const first = await testApi();
  const { port } = new URL(await first.listen());
  const second = await testApi({ env: { PLUMBLINE_SERVER__LISTEN__PORT: port } });
  await expect(second.listen()).rejects.toMatchObject({ code: "port_taken" });
});

test.each([
  Object.assign(new Error("the database system is starting up"), { code: "57P03" }),
  Object.assign(new Error("connect ENOENT /run/.s.PGSQL.5432"), { code: "ENOENT", syscall: "connect" }),
  new Error("Connection terminated unexpectedly"),
])("while the database is away the answer says so: %s", async (error) => {
  const { app } = await testApi();
  app.get("/away", async () => {
    throw error;
  });
  const answer = await app.inject("/away");
  expect([answer.statusCode, answer.json().code]).toEqual([503, "database_unavailable"]);
});
