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
  const patches = splitPatches(rest.join("\0\0"));
  return files.map((file, index) => withPatch(file, patches[index] ?? ""));
}

/** Parses `--raw -z`: `:<mode> <mode> <id> <id> <status>\0<path>\0[<new path>\0]`. */
function parseRaw(text: string): Omit<FileDiff, "added" | "removed" | "patch">[] {
  const parts = text.split("\0");
  const files: Omit<FileDiff, "added" | "removed" | "patch">[] = [];
  for (let index = 0; index + 1 < parts.length;) {
    const letter = (parts[index++] ?? "").split(" ").at(-1)?.[0];
    const path = parts[index++] ?? "";
    if (letter === "R" || letter === "C") files.push({ path: parts[index++] ?? "", oldPath: path, status: "renamed" });
    else files.push({ path, oldPath: null, status: letter === "A" ? "added" : letter === "D" ? "deleted" : "changed" });
  }
  return files;
}

/** One text per file, in git's order, which is that of `--raw`. A content line never begins so: it has a sign before it. */
function splitPatches(text: string): string[] {
  return text.split(/^(?=diff --git )/m).filter((part) => part.startsWith("diff --git "));
}

function withPatch(file: Omit<FileDiff, "added" | "removed" | "patch">, text: string): FileDiff {
  const start = text.search(/^@@ /m);
  const body = start < 0 ? "" : text.slice(start);
  const lines = body.split("\n");
  const binary = /^Binary files .* differ$/m.test(start < 0 ? text : "");
  return {
    ...file,
    added: lines.filter((line) => line.startsWith("+")).length,
    removed: lines.filter((line) => line.startsWith("-")).length,
    patch: binary || body.length > longestPatch ? null : body,
  };
}
