import { withSettings } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** How a repository is stored: objects in files of their own, packs, bytes of both. */
export interface Storage {
  loose: number;
  packs: number;
  bytes: number;
}

/** What tidying did. */
export interface Tidied {
  /** False: there was too little to do. */
  packed: boolean;
  before: Storage;
  after: Storage;
}

/** From how many loose objects or packs on reading becomes slow enough to pack anew. */
export const tidyLimits = { loose: 500, packs: 10 };

/**
 * How long an object stays that no ref reaches: what is stored and not yet referred to (a merge before it is published,
 * a trial merge being written) is seconds old, and whatever a pull request needs has a ref.
 */
const unreachableFor = "30.days.ago";

/** One core and bounded memory: runs and pushes go on meanwhile. */
const gentle = withSettings([
  ["pack.threads", "1"],
  ["pack.windowMemory", "256m"],
  ["core.commitGraph", "true"],
]);

/**
 * Packs what pushes and merges have left in many small files. Pushes and readers may go on: git replaces packs only
 * when the new one is there. Everything that a ref reaches stays, also our own under refs/plumbline; the rest stays for
 * 30 days. Ended half-way it leaves a whole repository, and the next time does the rest.
 */
export async function tidyStorage(git: Git, repository: GitRepository, limits = tidyLimits): Promise<Tidied> {
  const before = await storageOf(git, repository);
  if (before.loose < limits.loose && before.packs < limits.packs) return { packed: false, before, after: before };
  const run = (...args: string[]) => git.run(repository, args, { environment: gentle });
  await run("pack-refs", "--all");
  await run("repack", "-A", "-d", "-l", "-q", `--unpack-unreachable=${unreachableFor}`);
  await run("prune", `--expire=${unreachableFor}`);
  await run("commit-graph", "write", "--reachable", "--no-progress");
  return { packed: true, before, after: await storageOf(git, repository) };
}

/** Reads `git count-objects -v`: lines of `name: number`, sizes in KiB. */
async function storageOf(git: Git, repository: GitRepository): Promise<Storage> {
  const { stdout } = await git.run(repository, ["count-objects", "-v"]);
  const numbers = new Map(
    stdout
      .toString("utf8")
      .split("\n")
      .map((line) => {
        const [name = "", value = "0"] = line.split(": ");
        return [name, Number(value)] as const;
      }),
  );
  const read = (name: string) => numbers.get(name) ?? 0;
  return { loose: read("count"), packs: read("packs"), bytes: (read("size") + read("size-pack")) * 1024 };
}
