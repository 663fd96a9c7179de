import { problem } from "@plumbline/contract";
import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** What merging two commits gives. */
export type MergeOutcome = { tree: string; conflicts: null } | { tree: null; conflicts: string[] };

/** Who makes a commit, and when. */
export interface Signature {
  name: string;
  address: string;
  at: Date;
}

/** Merges two commits on objects alone; no working tree, no index. `conflicts` are the paths that do not merge. */
export async function mergeTrees(
  git: Git,
  repository: GitRepository,
  ours: string,
  theirs: string,
): Promise<MergeOutcome> {
  if (!isObjectId(ours) || !isObjectId(theirs)) throw problem("internal", "commits are merged by their ids");
  const args = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", "--allow-unrelated-histories"];
  const { code, stdout } = await git.run(repository, [...args, "--end-of-options", ours, theirs], { answers: [1] });
  const [tree = "", ...paths] = stdout.toString("utf8").split("\0");
  if (code === 0) return { tree: tree.trim(), conflicts: null };
  return { tree: null, conflicts: [...new Set(paths.filter((path) => path !== ""))].toSorted() };
}

/** Writes a commit object and answers its id. No ref points at it yet. */
export async function writeCommit(
  git: Git,
  repository: GitRepository,
  commit: { tree: string; parents: readonly string[]; author: Signature; committer: Signature; message: string },
): Promise<string> {
  const args = ["commit-tree", commit.tree, ...commit.parents.flatMap((parent) => ["-p", parent]), "-F", "-"];
  const { stdout } = await git.run(repository, args, {
    input: commit.message,
    environment: { ...identity("AUTHOR", commit.author), ...identity("COMMITTER", commit.committer) },
  });
  return stdout.toString("latin1").trim();
}

/**
 * The tree of `onto` without what `change` brought against its first parent: a three-way merge with `change` as base.
 * git 2.39 cannot name a base, so three parents are made for the purpose; nothing points at them afterwards.
 */
export async function revertTree(
  git: Git,
  repository: GitRepository,
  trees: { change: string; before: string; onto: string },
  signature: Signature,
): Promise<MergeOutcome> {
  const make = (tree: string, parents: string[]) =>
    writeCommit(git, repository, { tree, parents, author: signature, committer: signature, message: "revert" });
  const base = await make(trees.change, []);
  const [ours, theirs] = await Promise.all([make(trees.onto, [base]), make(trees.before, [base])]);
  return mergeTrees(git, repository, ours, theirs);
}

/** A file to be written into a tree, or to be taken out where `text` is null. */
export interface FileEdit {
  path: string;
  text: string | null;
}

/** The tree of a commit with some files changed; made in an index of its own that is thrown away. */
export async function editTree(
  git: Git,
  repository: GitRepository,
  base: string,
  edits: readonly FileEdit[],
  indexFile: string,
): Promise<string> {
  const environment = { GIT_INDEX_FILE: indexFile };
  await git.run(repository, ["read-tree", "--end-of-options", base], { environment });
  const lines: string[] = [];
  for (const { path, text } of edits) {
    if (path.includes("\0") || path.startsWith("/")) throw problem("internal", "not a path of a repository");
    if (text === null) {
      lines.push(`0 ${"0".repeat(40)}\t${path}\0`);
      continue;
    }
    const { stdout } = await git.run(repository, ["hash-object", "-w", "--no-filters", "--stdin"], { input: text });
    lines.push(`100644 ${stdout.toString("latin1").trim()}\t${path}\0`);
  }
  await git.run(repository, ["update-index", "-z", "--index-info"], { environment, input: lines.join("") });
  const { stdout } = await git.run(repository, ["write-tree"], { environment });
  return stdout.toString("latin1").trim();
}

/** Names and addresses come from people: Git's header allows neither angle brackets nor line breaks in them. */
function identity(role: "AUTHOR" | "COMMITTER", { name, address, at }: Signature): Record<string, string> {
  const clean = (text: string) => text.replaceAll(/[<>\p{Cc}]/gu, " ").trim();
  return {
    [`GIT_${role}_NAME`]: clean(name) || "unknown",
    [`GIT_${role}_EMAIL`]: clean(address) || "unknown",
    [`GIT_${role}_DATE`]: `@${Math.floor(at.getTime() / 1000)} +0000`,
  };
}
