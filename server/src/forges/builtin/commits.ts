import { isObjectId } from "./git.ts";
import type { Git, GitRepository } from "./git.ts";

/** A commit as it is shown and judged. Everything but ids and times was written by whoever made it. */
export interface Commit {
  id: string;
  tree: string;
  parents: string[];
  author: { name: string; address: string };
  committer: { name: string; address: string };
  at: string;
  subject: string;
  body: string;
}

const format = ["%H", "%T", "%P", "%an", "%ae", "%cn", "%ce", "%cI", "%B"].join("%x00");
const fields = 9;

/** Commits reachable from `tips` and not from `without`, newest first. */
export async function listCommits(
  git: Git,
  repository: GitRepository,
  tips: readonly string[],
  without: readonly string[],
  limit: number,
  more: readonly string[] = [],
): Promise<Commit[]> {
  if (![...tips, ...without].every(isObjectId) || tips.length === 0) return [];
  const args = ["log", "-z", "--no-color", "--no-show-signature", `--max-count=${limit}`, `--format=tformat:${format}`];
  const { stdout } = await git.run(repository, [
    ...args,
    ...more,
    "--end-of-options",
    ...tips,
    ...without.map((id) => `^${id}`),
    "--",
  ]);
  return parseCommits(stdout.toString("utf8"));
}

/** Parses the format above; with `-z` each commit ends with one more NUL. A message cannot hold one. */
function parseCommits(text: string): Commit[] {
  const parts = text.split("\0");
  const commits: Commit[] = [];
  for (let start = 0; start + fields <= parts.length; start += fields) {
    const [id, tree, parents, authorName, authorAddress, committerName, committerAddress, at, message] = parts.slice(
      start,
      start + fields,
    );
    const [subject = "", ...rest] = (message ?? "").trimEnd().split("\n");
    commits.push({
      id: id ?? "",
      tree: tree ?? "",
      parents: (parents ?? "").split(" ").filter((parent) => parent !== ""),
      author: { name: authorName ?? "", address: authorAddress ?? "" },
      committer: { name: committerName ?? "", address: committerAddress ?? "" },
      at: at ?? "",
      subject,
      body: rest.join("\n").trim(),
    });
  }
  return commits;
}

/** Values of a trailer (`Ticket: OPS-1`) in the last paragraph of a message, in order; the key in any case. */
export function trailers(commit: Pick<Commit, "body">, key: string): string[] {
  const last = commit.body.split(/\n\s*\n/).at(-1) ?? "";
  const wanted = key.toLowerCase();
  return last.split("\n").flatMap((line) => {
    const found = /^([A-Za-z][A-Za-z0-9-]*):\s*(.+?)\s*$/.exec(line);
    return found?.[1]?.toLowerCase() === wanted && found[2] !== undefined ? [found[2]] : [];
  });
}

/** Whether `ancestor` is reachable from `descendant` (a commit is its own ancestor). False for an unknown commit. */
export async function isAncestor(
  git: Git,
  repository: GitRepository,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  if (!isObjectId(ancestor) || !isObjectId(descendant)) return false;
  if (ancestor === descendant) return true;
  const args = ["merge-base", "--is-ancestor", "--end-of-options", ancestor, descendant];
  return (await git.run(repository, args, { answers: [1, 128] })).code === 0;
}

/** Whether `commit` stands among the first parents of `tip`, or is it. False for an unknown commit. */
export async function isFirstParent(
  git: Git,
  repository: GitRepository,
  commit: string,
  tip: string,
): Promise<boolean> {
  if (!(await isAncestor(git, repository, commit, tip))) return false;
  const line = ["rev-list", "--first-parent"];
  const counted = await git.run(repository, [...line, "--count", "--end-of-options", tip, `^${commit}`]);
  const newer = Number(counted.stdout.toString("latin1").trim());
  const found = await git.run(repository, [...line, "--max-count=1", `--skip=${newer}`, "--end-of-options", tip]);
  return found.stdout.toString("latin1").trim() === commit;
}
