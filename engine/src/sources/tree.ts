import { createHash } from "node:crypto";

/** One entry of `git ls-tree -r -t -z`. `mode` is Git's, `id` the object's id, `path` from the root of the tree. */
export interface TreeEntry {
  path: string;
  mode: string;
  id: string;
}

/** A directory of a tree. `id` is equal for equal contents: names, modes and objects of all below it. */
export interface Directory {
  id: string;
  path: string;
  directories: Map<string, Directory>;
  files: Map<string, TreeEntry>;
}

/** A commit's files by directory, without their contents. */
export interface Tree {
  root: Directory;
  /** The entry (file, symlink, submodule) or directory at a normalized path; "." is the root. */
  find(path: string): TreeEntry | Directory | undefined;
}

/** A commit: what it holds, and how to read it. */
export interface TreeSnapshot {
  tree: Tree;
  /** The bytes of a blob of this tree. */
  read(entry: TreeEntry): Promise<Uint8Array>;
}

/** Git's modes that matter here. */
export const modes = { file: "100644", executable: "100755", symlink: "120000", submodule: "160000", tree: "040000" };

/** Whether a found thing is a directory. */
export function isDirectory(found: TreeEntry | Directory): found is Directory {
  return "directories" in found;
}

/**
 * Builds a tree from the entries of a listing in any order. Where the listing names directories (`-t`) their Git ids
 * are used; otherwise ids are computed from what they hold.
 */
export function buildTree(entries: Iterable<TreeEntry>): Tree {
  const directories = new Map<string, Directory>();
  const open = (path: string): Directory => {
    const known = directories.get(path);
    if (known !== undefined) return known;
    const directory = { id: "", path, directories: new Map<string, Directory>(), files: new Map<string, TreeEntry>() };
    directories.set(path, directory);
    if (path !== ".") {
      const slash = path.lastIndexOf("/");
      open(slash < 0 ? "." : path.slice(0, slash)).directories.set(path.slice(slash + 1), directory);
    }
    return directory;
  };
  const root = open(".");
  for (const entry of entries) {
    if (entry.mode === modes.tree) {
      open(entry.path).id = entry.id;
      continue;
    }
    const slash = entry.path.lastIndexOf("/");
    open(slash < 0 ? "." : entry.path.slice(0, slash)).files.set(entry.path.slice(slash + 1), entry);
  }
  nameDirectories(root);
  return {
    root,
    find(path) {
      const directory = directories.get(path);
      if (directory !== undefined) return directory;
      const slash = path.lastIndexOf("/");
      return directories.get(slash < 0 ? "." : path.slice(0, slash))?.files.get(path.slice(slash + 1));
    },
  };
}

/** All files below a directory. */
export function* filesBelow(directory: Directory): Generator<TreeEntry> {
  yield* directory.files.values();
  for (const child of directory.directories.values()) yield* filesBelow(child);
}

/** The id of a directory as if some of its files were not there; its own where none of those are. */
export function idWithout(directory: Directory, isAbsent: (path: string) => boolean): string {
  const files = [...directory.files].filter(([, { path }]) => !isAbsent(path));
  const below = [...directory.directories].map(([name, child]) => ({ name, child, id: idWithout(child, isAbsent) }));
  if (files.length === directory.files.size && below.every(({ child, id }) => id === child.id)) return directory.id;
  // As in Git, a directory in which nothing is left is not there either.
  const lines = [
    ...below.filter(({ id }) => id !== nothing).map(({ name, id }) => `${modes.tree} ${id}\t${name}`),
    ...files.map(([name, { mode, id }]) => `${mode} ${id}\t${name}`),
  ];
  if (lines.length === 0) return nothing;
  return `sha256:${createHash("sha256").update(lines.toSorted().join("\0")).digest("hex")}`;
}

/** The id of a directory of which nothing is left. */
const nothing = "";

function nameDirectories(directory: Directory): string {
  const lines: string[] = [];
  for (const [name, child] of directory.directories) lines.push(`040000 ${nameDirectories(child)}\t${name}`);
  if (directory.id === "") {
    for (const [name, file] of directory.files) lines.push(`${file.mode} ${file.id}\t${name}`);
    directory.id = `sha256:${createHash("sha256").update(lines.toSorted().join("\0")).digest("hex")}`;
  }
  return directory.id;
}
