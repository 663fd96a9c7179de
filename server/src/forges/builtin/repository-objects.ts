import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problem } from "@plumbline/contract";
import { boundedCache } from "../../platform/bounded-cache.ts";
import type { BoundedCache } from "../../platform/bounded-cache.ts";
import type { RepositoryObjects } from "../forge.ts";
import { isAncestor, isFirstParent, listCommits } from "./commits.ts";
import { diffCommits } from "./diff.ts";
import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";
import { editTree, mergeTrees, revertTree, writeCommit } from "./merge.ts";
import type { ObjectReader } from "./object-reader.ts";
import { listTree } from "./tree.ts";
import type { TreeEntry } from "./tree.ts";

/** Listings of trees that were read lately, by tree id; what an id names never changes. */
export type TreeCache = BoundedCache<readonly TreeEntry[]>;

/** Files of all listings together: some 15 MB, which readers of repositories share. */
const mostFiles = 60_000;

/** An empty cache of listings. */
export function treeCache(): TreeCache {
  return boundedCache({ entries: 64, weight: { most: mostFiles, weigh: ({ length }) => length, butLast: 8 } });
}

/** The parents that a commit object names: lines between its tree and its author. */
function parentsIn(content: Buffer): string[] {
  const [head = ""] = content.toString("latin1").split("\nauthor ", 1);
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, id]) => id ?? []);
}

/** The objects of a bare repository on disk. */
export function repositoryObjects(
  git: Git,
  repository: GitRepository,
  reader: ObjectReader,
  trees: TreeCache,
): RepositoryObjects {
  const treeOf = async (commit: string) => {
    const object = await reader.read(commit);
    if (object?.type !== "commit") return undefined;
    return /^tree ([0-9a-f]+)\n/.exec(object.content.toString("latin1", 0, 80))?.[1];
  };
  // Most questions about two commits are about neighbours, which the reader answers without a process.
  const isParent = async (parent: string, child: string) => {
    const object = await reader.read(child);
    return object?.type === "commit" && parentsIn(object.content).includes(parent);
  };
  return {
    treeOf,
    async list(commit) {
      const tree = await treeOf(commit);
      if (tree === undefined) throw problem("not_found", `There is no commit ${commit.slice(0, 64)}.`);
      return trees.get(tree, () => listTree(git, repository, tree));
    },
    async blob(id) {
      const object = await reader.read(id);
      return object?.type === "blob" ? object.content : undefined;
    },
    commits: (tips, without, limit) => listCommits(git, repository, tips, without, limit, ["--topo-order"]),
    firstParents: (tip, limit) => listCommits(git, repository, [tip], [], limit, ["--first-parent"]),
    async isAncestor(ancestor, descendant) {
      if (await isParent(ancestor, descendant)) return true;
      if (await isParent(descendant, ancestor)) return false; // history has no circles
      return isAncestor(git, repository, ancestor, descendant);
    },
    isOnMain: (commit, tip) => isFirstParent(git, repository, commit, tip),
    async mergeBase(left, right) {
      if (!isObjectId(left) || !isObjectId(right)) return null;
      if (await isParent(left, right)) return left;
      const args = ["merge-base", "--end-of-options", left, right];
      const { code, stdout } = await git.run(repository, args, { answers: [1, 128] });
      return code === 0 ? stdout.toString("latin1").trim() : null;
    },
    async countBetween(without, tip) {
      if (!isObjectId(without) || !isObjectId(tip)) return 0;
      const args = ["rev-list", "--count", "--first-parent", "--end-of-options", tip, `^${without}`];
      const { code, stdout } = await git.run(repository, args, { answers: [128] });
      return code === 0 ? Number(stdout.toString("latin1").trim()) : 0;
    },
    merge: (ours, theirs) => mergeTrees(git, repository, ours, theirs),
    async revert(change, onto, signature) {
      const [commit] = await listCommits(git, repository, [change], [], 1);
      const before = commit?.parents[0];
      const trees = await Promise.all([treeOf(change), treeOf(before ?? ""), treeOf(onto)]);
      const [changed, parent, current] = trees;
      if (changed === undefined || parent === undefined || current === undefined)
        throw problem("not_found", "One of the commits of this revert is not in the repository.");
      return revertTree(git, repository, { change: changed, before: parent, onto: current }, signature);
    },
    async edit(base, edits) {
      const index = join(tmpdir(), `plumbline-index-${randomUUID()}`);
      try {
        return await editTree(git, repository, base, edits, index);
      } finally {
        await rm(index, { force: true });
      }
    },
    commit: (commit) => writeCommit(git, repository, commit),
    diff: (from, to) => diffCommits(git, repository, from, to),
  };
}
