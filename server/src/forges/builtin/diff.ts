import type { FileDiff } from "../forge.ts";
import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** Characters of a file's patch beyond which it is not shown. */
const longestPatch = 200_000;

/** How two commits differ, file by file. Texts come from pushes: whoever shows them escapes them. */
export async function diffCommits(git: Git, repository: GitRepository, from: string, to: string): Promise<FileDiff[]> {
  if (!isObjectId(from) || !isObjectId(to)) return [];
  const args = ["diff-tree", "-r", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "-z", "--raw", "-p"];
  const { stdout } = await git.run(repository, [...args, "--full-index", "--end-of-options", from, to], {
    maxBytes: 64 * 1024 * 1024,
  });
  // no path is empty, so that the first empty one ends the list of files; the patches follow
  const [list = "", ...rest] = stdout.toString("utf8").split("\0\0");
  const files = list === "" ? [] : parseRaw(`${list}\0`);
  const patches = splitPatches(rest.join("\0\0")).values();
  return files.map(({ patches: own, ...file }) => withPatch(file, patches.take(own).toArray().join("")));
}

type RawFile = Omit<FileDiff, "added" | "removed" | "patch"> & {
  /** Texts that git prints of it: two where a file became a link, or a link a file. */
  patches: number;
};

/** Parses `--raw -z`: `:<mode> <mode> <id> <id> <status>\0<path>\0[<new path>\0]`. */
function parseRaw(text: string): RawFile[] {
  const parts = text.split("\0");
  const files: RawFile[] = [];
  for (let index = 0; index + 1 < parts.length;) {
    const letter = (parts[index++] ?? "").split(" ").at(-1)?.[0];
    const path = parts[index++] ?? "";
    const patches = letter === "T" ? 2 : 1;
    if (letter === "R" || letter === "C")
      files.push({ path: parts[index++] ?? "", oldPath: path, status: "renamed", patches });
    else {
      const status = letter === "A" ? "added" : letter === "D" ? "deleted" : "changed";
      files.push({ path, oldPath: null, status, patches });
    }
  }
  return files;
}

/**
 * The texts in git's order, which is that of `--raw`. A content line never begins so: it has a sign before it. Only a line
 * feed ends a line for git; for `^` of a regular expression also characters do that stand within one.
 */
function splitPatches(text: string): string[] {
  return text.split(/(?<=\n)(?=diff --git )/).filter((part) => part.startsWith("diff --git "));
}

function withPatch(file: Omit<FileDiff, "added" | "removed" | "patch">, text: string): FileDiff {
  const start = text.indexOf("\n@@ ");
  const body = start < 0 ? "" : text.slice(start + 1);
  const lines = body.split("\n");
  const binary = /^Binary files .* differ$/m.test(start < 0 ? text : "");
  return {
    ...file,
    added: lines.filter((line) => line.startsWith("+")).length,
    removed: lines.filter((line) => line.startsWith("-")).length,
    patch: binary || body.length > longestPatch ? null : body,
  };
}
