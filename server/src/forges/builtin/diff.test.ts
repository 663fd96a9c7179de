import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diffCommits } from "./diff.ts";
import { openGit } from "./git.ts";

const directory = await mkdtemp(join(tmpdir(), "plumbline-diff-"));
const git = openGit("git");
const repository = { directory };
await git.run(repository, ["init", "--quiet", "--bare"]);
afterAll(() => rm(directory, { recursive: true, force: true }));

async function commit(files: Record<string, { text: string; mode?: string }>): Promise<string> {
  let entries = "";
  for (const [path, { text, mode = "100644" }] of Object.entries(files)) {
    const { stdout } = await git.run(repository, ["hash-object", "-w", "--stdin"], { input: text });
    entries += `${mode} blob ${stdout.toString().trim()}\t${path}\0`;
  }
  const { stdout } = await git.run(repository, ["mktree", "-z"], { input: entries });
  const author = ["-c", "user.name=dev", "-c", "user.email=dev@acme.example"];
  const made = await git.run(repository, [...author, "commit-tree", "-m", "m", stdout.toString().trim()]);
  return made.stdout.toString().trim();
}

const base = { "m.tf": { text: "a\n" }, "z.tf": { text: "a\n" } };

test.each([
  ["a lone carriage return", { "A.md": { text: "x\rdiff --git a/q b/q\r@@ -1 +1 @@\n" } }],
  ["a line separator", { "A.md": { text: "x\u2028diff --git a/q b/q\n" } }],
  ["a file's name", { "n\ndiff --git x": { text: "x\n" } }],
  ["a file that became a link", { "m.tf": { text: "elsewhere", mode: "120000" } }],
])("%s shows no file the lines of another", async (_, files) => {
  const from = await commit(base);
  const to = await commit({ ...base, ...files, "z.tf": { text: "a\nbad = true\n" } });
  const found = await diffCommits(git, repository, from, to);
  expect(found.map(({ path }) => path)).toEqual([...Object.keys(files), "z.tf"]);
  expect(found.at(-1)).toMatchObject({ added: 1, removed: 0, patch: "@@ -1 +1,2 @@\n a\n+bad = true\n" });
});
