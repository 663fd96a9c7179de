import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createToken, problem, revokeToken, signIn, signOut, whoAmI } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";
import { apiToken, me } from "../testing/fixtures.ts";

let api: FakeApi;
let folder = "";
let made: unknown[] = [];
beforeEach(async () => {
  made = [];
  api = await startFakeApi();
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  api.answer(signIn, ({ body }, response) => {
    if (body.name !== "dev" || body.password !== "correct horse") throw problem("wrong_credentials", "Wrong.");
    response.setHeader("set-cookie", "session=s1; HttpOnly; Path=/");
    return { ...me, via: "session" as const };
  });
  api.answer(createToken, ({ headers, body: { scopes, expiresInDays } }) => {
    if (headers.cookie !== "session=s1") throw problem("not_signed_in", "There is no such session.");
    made.push({ scopes, expiresInDays });
    return { token: "made-token", details: apiToken };
  });
  api.answer(signOut, () => "");
  api.answer(whoAmI, ({ headers }) => {
    if (!["Bearer made-token", "Bearer given-token"].includes(headers.authorization ?? ""))
      throw problem("not_signed_in", "There is no such token.");
    return me;
  });
});
afterEach(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const run = (args: string[], options: FakeTerminalOptions = {}) =>
  plumb(args, { ...options, env: { XDG_CONFIG_HOME: folder } });
const file = () => join(folder, "plumbline/credentials.json");

test("a password is asked for without echo, used once, and a token of its own is kept", async () => {
  const { exitCode, stdout, stderr, rawStderr } = await run(["login", api.url], {
    typed: "dev\rcorrect horsX\u007Fe\r",
  });
  expect(rawStderr).toBe("<raw>Name: dev</raw>\n<raw>Password: </raw>\n");
  expect(stdout).toContain(`Signed in at ${api.url} as dev of acme.`);
  expect(stdout + stderr).not.toMatch(/correct|made-token/);
  expect(exitCode).toBe(0);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readFileSync(file(), "utf8")).not.toContain("correct");
  expect(api.requests.at(-1)).toBe("DELETE /api/v1/session");
  expect(made).toEqual([{ scopes: ["all"], expiresInDays: 90 }]);
  expect((await run(["whoami"])).exitCode).toBe(0);
});

test("Ctrl-C at the password stops", async () => {
  expect(await run(["login", api.url, "--name", "dev"], { typed: "corr\u0003" })).toMatchObject({
    exitCode: 130,
  });
  expect(api.requests).toEqual([]);
});

test("a wrong password ends with 3 and keeps nothing", async () => {
  const { exitCode } = await run(["login", api.url], { typed: "dev\rwrong\r" });
  expect(exitCode).toBe(3);
  expect(statSync(file(), { throwIfNoEntry: false })).toBeUndefined();
});

test("a token from stdin is tried, then kept", async () => {
  const good = await run(["login", api.url, "--token-stdin", "--json"], { stdin: "given-token\n" });
  expect(good.exitCode).toBe(0);
  expect(good.stdout).not.toContain("given-token");
  expect(JSON.parse(readFileSync(file(), "utf8")).servers[api.url].token).toBe("given-token");
  expect((await run(["login", api.url, "--token-stdin"], { stdin: "other\n" })).exitCode).toBe(3);
  expect((await run(["login", api.url, "--token-stdin"], { stdin: "" })).exitCode).toBe(2);
});

test("an unknown scope is named before the password is asked for", async () => {
  const { exitCode, stderr } = await run(["login", api.url, "--scope", "root"], { typed: "" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Choose of all, read, propose, approve, operate, state, git");
});

test("logout revokes the token that login made, and forgets it", async () => {
  await run(["login", api.url], { typed: "dev\rcorrect horse\r" });
  api.answer(revokeToken, ({ params }) => {
    expect(params.id).toBe(apiToken.id);
    return "";
  });
  expect((await run(["logout"])).stdout).toBe(`Signed out of ${api.url}; the token is revoked.\n`);
  expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({ current: null, servers: {} });
  expect((await run(["whoami"])).exitCode).toBe(3);
  expect((await run(["logout"])).stdout).toBe("You are not signed in here.\n");
});

test("a token that is made goes into a new file, and nowhere else", async () => {
  await run(["login", api.url], { typed: "dev\rcorrect horse\r" });
  api.answer(createToken, () => ({ token: "ci-token", details: apiToken }));
  api.answer(whoAmI, () => me);
  const path = join(folder, "ci.token");
  const args = ["tokens", "create", "ci", "--scope", "read", "--token-file", path];
  for (const more of [[], ["--json"]]) {
    const { exitCode, stdout, stderr, rawStderr } = await run([...args, ...more], {
      typed: "correct horse\r",
    });
    expect(exitCode).toBe(0);
    expect(rawStderr).toContain("<raw>Password of dev: </raw>");
    expect(stdout + stderr).not.toMatch(/ci-token|correct/);
    expect(api.requests.slice(-3)).toEqual(["POST /api/v1/session", "POST /api/v1/tokens", "DELETE /api/v1/session"]);
    expect(readFileSync(path, "utf8")).toBe("ci-token\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // A file that exists is never overwritten, and then no token is made.
    const before = api.requests.filter((request) => request === "POST /api/v1/tokens").length;
    expect((await run(args, { typed: "correct horse\r" })).exitCode).toBe(2);
    expect(api.requests.filter((request) => request === "POST /api/v1/tokens")).toHaveLength(before);
    rmSync(path);
  }
  api.answer(createToken, () => {
    throw problem("not_allowed", "No.");
  });
  expect((await run(args, { typed: "correct horse\r" })).exitCode).toBe(5);
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
});
