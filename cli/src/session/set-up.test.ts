import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getSetUp, openSetUp, problem, setUp } from "@plumbline/contract";
import type { BodyOf } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import type { FakeTerminalOptions } from "../testing/fake-terminal.ts";
import { me } from "../testing/fixtures.ts";

let api: FakeApi;
let folder = "";
let needed = true;
let made: BodyOf<typeof setUp>[] = [];
beforeEach(async () => {
  api = await startFakeApi();
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  [needed, made] = [true, []];
  api.answer(getSetUp, () => ({ needed }));
  api.answer(openSetUp, ({ body }) => {
    if (body.secret !== "the-s3cret") throw problem("wrong_credentials", "The set-up secret is wrong.");
    return { rootKey: { file: "/var/lib/plumbline/root.key", keyId: "k1" } };
  });
  api.answer(setUp, ({ body }) => {
    made.push(body);
    return { ...me, organization: body.organization, name: body.administrator.name };
  });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await api[Symbol.asyncDispose]();
});

const person = ["--name", "ada", "--display-name", "Ada Byron", "--email", "ada@acme.example"];
const run = (more: string[], options: FakeTerminalOptions = {}) =>
  plumb(["set-up", api.url, "--organization", "acme", ...person, ...more], options);

test("a person types the secret, confirms the root key, and a password twice; none is shown", async () => {
  const typed = "the-s3cret\rkept\rlong p4ssword\rlong p4ssword\r";
  const { exitCode, stdout, stderr } = await run([], { typed });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`Set up: organization acme, administrator ada.\nNext: plumb login ${api.url} --name ada\n`);
  expect(stderr).toContain("Without the root key k1 (/var/lib/plumbline/root.key on the server's machine)");
  expect(stdout + stderr).not.toMatch(/s3cret|p4ssword/);
  expect(made).toMatchObject([
    { secret: "the-s3cret", rootKeyKept: true, administrator: { password: "long p4ssword" } },
  ]);
});

test("a script gives the secret by file and the password by pipe", async () => {
  const secret = join(folder, "secret");
  writeFileSync(secret, "the-s3cret\n");
  const done = await run(["--secret-file", secret, "--root-key-kept", "--json"], { stdin: "long p4ssword\n" });
  expect(JSON.parse(done.stdout)).toMatchObject({ organization: "acme", rootKey: { keyId: "k1" } });
  expect((await run(["--secret-file", secret], { stdin: "long p4ssword\n" })).exitCode).toBe(2);
  expect((await run(["--secret-file", "/nonexistent"])).stderr).toContain("cannot be read");
  expect(made).toHaveLength(1);
});

test("a wrong secret, an unconfirmed key, an installation that is set up: nothing is made", async () => {
  expect((await run([], { typed: "wrong\r" })).exitCode).toBe(3);
  expect((await run([], { typed: "the-s3cret\rno\r" })).exitCode).toBe(130);
  needed = false;
  const { exitCode, stderr } = await run([], { typed: "the-s3cret\r" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("is set up already.");
  expect(made).toEqual([]);
});
