import { problem } from "@plumbline/contract";
import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** A file of a tree. Modes: 100644, 100755, 120000 (symbolic link), 160000 (submodule). */
export interface TreeEntry {
  path: string;
  mode: string;
  id: string;
  /** Bytes; 0 for a submodule. */
  size: number;
}

/** Reads all files of a commit or tree, sorted by path as Git does. Paths that are not UTF-8 are shown with U+FFFD. */
export async function listTree(git: Git, repository: GitRepository, id: string): Promise<TreeEntry[]> {
  if (!isObjectId(id)) throw problem("internal", "a tree is listed by its object id");
  const args = ["ls-tree", "-r", "-l", "-z", "--full-tree", "--end-of-options", id];
  const { stdout } = await git.run(repository, args);
  return parseTree(stdout);
}

/** Parses `ls-tree -r -l -z`: `<mode> <type> <id> <size>\t<path>\0`. */
function parseTree(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    const tab = output.indexOf(9, start);
    const [mode = "", , id = "", size = ""] = output.toString("latin1", start, tab).split(/ +/);
    entries.push({ path: output.toString("utf8", tab + 1, end), mode, id, size: size === "-" ? 0 : Number(size) });
    start = end + 1;
  }
  return entries;
}
