import { execFileSync } from "node:child_process";

/** A commit to be made: on which one it builds, and the files that differ (null takes one away). */
export interface CommitPlan {
  /** Name of its ref, below refs/heads. */
  ref: string;
  from?: string;
  files: Iterable<readonly [string, string | null]>;
}

/** Writes commits into a bare repository by `git fast-import` and answers their ids by ref. */
export function writeCommits(directory: string, commits: Iterable<CommitPlan>): Map<string, string> {
  const git = (args: string[], input?: Buffer) =>
    execFileSync("git", ["-C", directory, ...args], {
      input,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["pipe", "pipe", "inherit"],
    });
  git(["fast-import", "--quiet"], Buffer.concat([...commits].flatMap((commit) => [...stream(commit)])));
  const refs = git(["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)"]).toString("latin1");
  return new Map(
    refs
      .trim()
      .split("\n")
      .map((line) => {
        const [ref = "", id = ""] = line.split(" ");
        return [ref, id];
      }),
  );
}

function* stream({ ref, from, files }: CommitPlan): Generator<Buffer> {
  const start = from === undefined ? "" : `from ${from}\n`;
  yield Buffer.from(
    `commit refs/heads/${ref}\ncommitter Bench <bench@example.com> 1700000000 +0000\n${data(ref)}${start}`,
  );
  for (const [path, text] of files)
    yield Buffer.from(text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`);
  yield Buffer.from("\n");
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** The files that differ between two sets of files. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): [string, string | null][] {
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path): [string, null] => [path, null]);
  return [...changed, ...gone];
}
