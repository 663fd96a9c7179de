import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a person's git said. */
interface StockAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** A person's clone, driven by the git of the machine as he would. */
export interface Clone {
  directory: string;
  git(...args: string[]): Promise<StockAnswer>;
  remove(): Promise<void>;
}

/** Makes an empty clone of an address; the person is its author. Fails loudly unless a call's answer is looked at. */
export async function stockClone(url: string, person: { name: string; email: string }): Promise<Clone> {
  const directory = await mkdtemp(join(tmpdir(), "plumbline-clone-"));
  const git = (...args: string[]) => runStockGit(directory, person, args);
  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", url);
  return { directory, git, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** Runs git in a folder with nothing of this machine's configuration. */
function runStockGit(
  directory: string,
  person: { name: string; email: string },
  args: readonly string[],
): Promise<StockAnswer> {
  const environment = {
    PATH: process.env["PATH"] ?? "",
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: person.name,
    GIT_AUTHOR_EMAIL: person.email,
    GIT_COMMITTER_NAME: person.name,
    GIT_COMMITTER_EMAIL: person.email,
  };
  return new Promise((resolve) => {
    execFile("git", args, { cwd: directory, env: environment, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
}
