import { randomUUID } from "node:crypto";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openBuiltinForge } from "./builtin-forge.ts";
import { openGit } from "./git.ts";
import { tidyLimits, tidyStorage } from "./tidy.ts";

const dataDir = await mkdtemp(join(tmpdir(), "plumbline-tidy-"));
const git = openGit("git");
const forge = await openBuiltinForge({ git, dataDir, publicUrl: "http://localhost" });
const key = { organizationId: randomUUID(), repositoryId: randomUUID() };
await forge.create(key);
const repository = { directory: forge.directory(key) };
const objects = forge.objects(key);
const signature = { name: "Dev", address: "dev@acme.example", at: new Date() };
const few = { loose: 5, packs: 10 };

afterAll(async () => {
  forge.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function commit(text: string, parents: string[] = []): Promise<{ id: string; tree: string; blob: string }> {
  const { stdout } = await git.run(repository, ["hash-object", "-w", "--stdin"], { input: text });
  const blob = stdout.toString().trim();
  const made = await git.run(repository, ["mktree"], { input: `100644 blob ${blob}\tfile\n` });
  const tree = made.stdout.toString().trim();
  const id = await objects.commit({
    tree,
    parents,
    author: signature,
    committer: signature,
    message: `${text}\n`,
  });
  return { id, tree, blob };
}

/** Makes a loose object look as if it had been written long ago. */
async function age(id: string, days: number): Promise<void> {
  const at = new Date(Date.now() - days * 86_400_000);
  await utimes(join(repository.directory, "objects", id.slice(0, 2), id.slice(2)), at, at);
}

test("packs what refs reach, keeps our own refs and what is young, drops what nobody has named for 30 days", async () => {
  const main = await commit("main");
  const trial = await commit("trial", [main.id]);
  await forge.moveMain(key, null, main.id);
  await forge.keep(key, [{ name: "plumbline/trial/1", commit: trial.id }]);
  const young = await commit("young");
  const old = await commit("old");
  await age(trial.id, 90);
  for (const id of [old.id, old.tree, old.blob]) await age(id, 40);
  expect(await objects.treeOf(main.id)).toBeDefined();

  const done = await tidyStorage(git, repository, few);
  expect(done).toMatchObject({ packed: true, before: { loose: 12, packs: 0 }, after: { packs: 1 } });
  expect(done.after.loose).toBeLessThan(done.before.loose);
  // Read by the process that had the old files open.
  expect((await objects.blob(main.blob))?.toString()).toBe("main");
  expect((await objects.blob(trial.blob))?.toString()).toBe("trial");
  expect((await objects.blob(young.blob))?.toString()).toBe("young");
  expect(await objects.treeOf(young.id)).toBeDefined();
  expect(await objects.blob(old.blob)).toBeUndefined();
  expect(await objects.treeOf(old.id)).toBeUndefined();
  expect(await forge.readMain(key)).toBe(main.id);
  expect((await git.run(repository, ["rev-parse", "refs/plumbline/trial/1"])).stdout.toString().trim()).toBe(trial.id);
  await git.run(repository, ["fsck", "--strict", "--no-dangling"]);
});

test("where there is little to do nothing is touched, and refs move on afterwards", async () => {
  const head = await forge.readMain(key);
  const next = await commit("next", [head ?? ""]);
  await forge.moveMain(key, head, next.id);
  const done = await forge.tidy(key);
  expect(done.packed).toBe(false);
  expect(done.after.loose).toBeLessThan(tidyLimits.loose);
  expect(await forge.readMain(key)).toBe(next.id);
});
