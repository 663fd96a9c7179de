import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problem } from "@plumbline/contract";
import Fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../access/actor.ts";
import { openLog } from "../../platform/log.ts";
import { processStarter } from "../../platform/processes/process-starter.ts";
import { stockClone } from "../../testing/stock-git.ts";
import type { Clone } from "../../testing/stock-git.ts";
import type { Push } from "../forge.ts";
import { openBuiltinForge } from "./builtin-forge.ts";
import { openGit } from "./git.ts";
import { gitHttpRoutes } from "./git-http.ts";

const folder = await mkdtemp(join(tmpdir(), "plumbline-forge-"));
// A data directory is often a link to a larger disk.
const dataDir = join(folder, "linked");
await mkdir(join(folder, "disk"));
await symlink("disk", dataDir);
const starter = processStarter();
const git = openGit("git", { startProcess: starter.start });
const forge = await openBuiltinForge({ git, dataDir, publicUrl: "http://localhost" });
const key = { organizationId: randomUUID(), repositoryId: randomUUID() };
await forge.create(key);
const pushes: Push[] = [];
const app = Fastify();
let clone: Clone;
let url = "";
let judge: (push: Push) => Promise<void> = async () => undefined;

beforeAll(async () => {
  await gitHttpRoutes(app, {
    forge,
    git,
    log: openLog({ level: "silent" }),
    maxPushBytes: 2 * 1024 * 1024,
    authenticate: async (organization, name, secret) => {
      if (secret !== "s3cret") throw problem("wrong_credentials", "No.");
      return { ...systemActor(key.organizationId, organization), name };
    },
    find: async () => ({ ...key, name: "shop" }),
    judge: async (push) => {
      await judge(push);
      pushes.push(push);
      const [ref] = push.refs;
      if (ref === undefined) throw new Error("no ref");
      await push.objects.list(ref.to);
      return {
        async accept() {
          if (ref.ref === "refs/heads/main") await forge.moveMain(key, null, ref.to);
          return {
            ref: ref.ref,
            shownAs: "refs/changes/1/head",
            from: ref.from,
            to: ref.to,
            messages: ["at http://x/1"],
          };
        },
      };
    },
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const address = app.server.address();
  url = `http://dev:s3cret@127.0.0.1:${typeof address === "object" ? address?.port : ""}/git/acme/shop.git`;
  clone = await stockClone(url, { name: "Dev", email: "dev@acme.example" });
});

afterAll(async () => {
  starter.stop();
  await app.close();
  forge.close();
  await clone.remove();
  await rm(folder, { recursive: true, force: true });
});

test("a wrong password is refused, and nobody is asked twice", async () => {
  const answer = await clone.git("ls-remote", url.replace("s3cret", "guess"));
  expect(answer.code).not.toBe(0);
});

test("a push reaches the judge with its options, and its answer reaches the person", async () => {
  await writeFile(join(clone.directory, "a file\nwith <b> $(touch x)"), "content\n");
  await clone.git("add", "-A");
  await clone.git("commit", "-qm", "First; `touch y` && <script>");
  const answer = await clone.git(
    "push",
    "-o",
    "ticket=OPS-1",
    "-o",
    "title=$(id); it's",
    "origin",
    "HEAD:refs/for/main",
  );
  expect(answer.stderr).toContain("remote: at http://x/1");
  expect(answer.stderr).toContain("refs/changes/1/head");
  expect(answer.code).toBe(0);
  expect(pushes.at(-1)?.options).toEqual(["ticket=OPS-1", "title=$(id); it's"]);
  const entries = await forge.objects(key).list(pushes.at(-1)?.refs[0]?.to ?? "");
  expect(entries.map((entry) => entry.path)).toEqual(["a file\nwith <b> $(touch x)"]);
});

test("main can be given once through the judge, and is cloned from there", async () => {
  const answer = await clone.git("push", "origin", "HEAD:refs/heads/main");
  expect(answer.code).toBe(0);
  const listed = await clone.git("ls-remote", "origin");
  expect(listed.stdout).toMatch(/^[0-9a-f]{40}\tHEAD\n[0-9a-f]{40}\trefs\/heads\/main\n$/);
});

test("a refusal is shown with what to do, and its objects are not kept", async () => {
  await writeFile(join(clone.directory, "refused"), randomBytes(20).toString("hex"));
  await clone.git("add", "-A");
  await clone.git("commit", "-qm", "Second");
  judge = async () => {
    throw problem("push_refused", "main takes no pushes.\nReally\u001b[31m.");
  };
  const answer = await clone.git("push", "origin", "HEAD:refs/heads/main");
  judge = async () => undefined;
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain("remote: main takes no pushes.");
  expect(answer.stderr).toContain("refs/for/main");
  expect(answer.stderr).not.toContain("\u001b[31m");
  const { stdout } = await clone.git("rev-parse", "HEAD");
  expect(await forge.objects(key).treeOf(stdout.trim())).toBeUndefined();
});

test("a push beyond the limit is refused with the reason, and nothing is kept", async () => {
  await mkdir(join(clone.directory, "big"), { recursive: true });
  await writeFile(join(clone.directory, "big", "file"), randomBytes(6 * 1024 * 1024));
  await clone.git("add", "-A");
  await clone.git("commit", "-qm", "Big");
  const before = pushes.length;
  const answer = await clone.git("push", "origin", "HEAD:refs/for/main");
  expect(answer.code).not.toBe(0);
  expect(answer.stderr).toContain("maximum allowed size");
  expect(pushes.length).toBe(before);
});
