import type { TreeEntry } from "../forges/builtin/tree.ts";
import type { RepositoryObjects } from "../forges/forge.ts";
import { buildTree } from "@plumbline/engine/sources/tree";
import type { Tree, TreeSnapshot } from "@plumbline/engine/sources/tree";

/** Which files a commit has. */
export interface Listing {
  entries: readonly TreeEntry[];
  tree: Tree;
}

/** The files of one commit, and how to read them. */
export interface Snapshot extends TreeSnapshot, Listing {
  commit: string;
  /** A file's text, read as UTF-8; undefined where there is no such file, or it is longer than 4 MiB. */
  text(path: string): Promise<string | undefined>;
}

/** Bytes of a file beyond which it is never read as text: no configuration, policy or values file is that long. */
const longestText = 4 * 1024 * 1024;

/** Lists a commit. */
export async function readListing(objects: RepositoryObjects, commit: string): Promise<Listing> {
  const entries = await objects.list(commit);
  return { entries, tree: buildTree(entries) };
}

/** A commit whose contents are read through `objects`. */
export function snapshotOf(objects: RepositoryObjects, commit: string, { entries, tree }: Listing): Snapshot {
  const read = async (id: string) => (await objects.blob(id)) ?? Buffer.alloc(0);
  return {
    commit,
    entries,
    tree,
    read: (entry) => read(entry.id),
    async text(path) {
      const found = tree.find(path);
      if (found === undefined || "directories" in found || !found.mode.startsWith("100")) return undefined;
      const size = "size" in found && typeof found.size === "number" ? found.size : 0;
      return size > longestText ? undefined : (await read(found.id)).toString("utf8");
    },
  };
}
