import { execFile } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What git answered. `output` is both streams, as a person in a terminal sees them. */
interface GitAnswer {
  code: number;
  output: string;
}

/** A clone on a person's laptop, driven with stock git. */
export interface Clone {
  readonly folder: string;
  write(path: string, text: string): void;
  remove(path: string): void;
  copyIn(folder: string): void;
  git(...args: string[]): Promise<GitAnswer>;
  /** Like `git`, but throws where git does not end with 0. */
  must(...args: string[]): Promise<string>;
  commit(message: string): Promise<void>;
}

/** Makes a clone in an empty folder. The token goes into the clone's own configuration, as a credential helper would. */
export async function cloneRepository(
  folder: string,
  gitUrl: string,
  person: { name: string; email: string; token: string },
): Promise<Clone> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const header = `Authorization: Basic ${Buffer.from(`${person.name}:${person.token}`).toString("base64")}`;
  const git = (...args: string[]) => run(folder, args);
  const must = async (...args: string[]) => {
    const answer = await git(...args);
    if (answer.code !== 0) throw new Error(`git ${args.join(" ")} ended with ${answer.code}:\n${answer.output}`);
    return answer.output;
  };
  await must("init", "--quiet", "--initial-branch=main");
  await must("config", "user.name", person.name);
  await must("config", "user.email", person.email);
  await must("config", "http.extraHeader", header);
  await must("remote", "add", "origin", gitUrl);
  const fetched = await git("fetch", "--quiet", "origin", "main");
  if (fetched.code === 0) await must("reset", "--quiet", "--hard", "origin/main");
  return {
    folder,
    write(path, text) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    remove: (path) => rmSync(join(folder, path), { recursive: true, force: true }),
    copyIn: (from) => cpSync(from, folder, { recursive: true }),
    git,
    must,
    async commit(message) {
      await must("add", "--all");
      await must("commit", "--quiet", "--message", message);
    },
  };
}

function run(folder: string, args: string[]): Promise<GitAnswer> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    LANG: "C.UTF-8",
  };
  return new Promise((resolve) => {
    execFile("git", args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
