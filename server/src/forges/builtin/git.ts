import { problem } from "@plumbline/contract";
import { errorsOf, inputOf, outputOf } from "../../platform/processes/running-process.ts";
import type { ProcessOrder, RunningProcess, StartProcess } from "../../platform/processes/running-process.ts";
import { startHere } from "../../platform/processes/start-here.ts";

/** A bare repository on disk. In a push, `quarantine` is the folder that holds the objects not yet accepted. */
export interface GitRepository {
  readonly directory: string;
  readonly quarantine?: string;
}

/** What a git process answered. */
interface GitAnswer {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** How to run git. Everything a person or a push wrote goes in `input` or behind `--end-of-options`. */
interface GitOptions {
  input?: string | Buffer;
  /** Exit codes that are answers and not failures; 0 always is one. */
  answers?: readonly number[];
  /** Bytes of output beyond which the process is ended and the call fails. */
  maxBytes?: number;
  environment?: Readonly<Record<string, string>>;
}

/** The one way to the git binary. */
export interface Git {
  /** Runs git to its end. Throws `internal` with git's own message where it fails. */
  run(repository: GitRepository, args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
  /** Starts git and leaves its streams to the caller, who waits for it. */
  start(
    repository: GitRepository,
    args: readonly string[],
    stdio: ProcessOrder["stdio"],
    environment?: Readonly<Record<string, string>>,
  ): Promise<RunningProcess>;
}

const longestAnswer = 256 * 1024 * 1024;

/**
 * Settings that hold for every process, whatever a repository's own files say: nothing is repacked behind our back, no
 * program of the machine's configuration runs, no protocol fetches anything, and attributes of a tree change nothing.
 */
const settings: readonly (readonly [string, string])[] = [
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["core.fsmonitor", "false"],
  ["core.quotePath", "false"],
  ["core.attributesFile", "/dev/null"],
  ["protocol.allow", "never"],
  ["safe.directory", "*"],
  ["merge.renames", "true"],
  ["commit.gpgSign", "false"],
  ["uploadpack.allowFilter", "true"],
];

/** How git is found and started. */
export interface GitProgram {
  /** Where `program` is looked up if it is a name. */
  path?: string;
  /** Starts processes that have no more than the usual three descriptors; by default children of this process. */
  startProcess?: StartProcess;
}

/** A git with a cleared environment. `program` is a path, or a name looked up on the path. */
export function openGit(
  program: string,
  { path = process.env["PATH"] ?? "/usr/bin:/bin", startProcess = startHere }: GitProgram = {},
): Git {
  const start: Git["start"] = (repository, args, stdio, environment = {}) =>
    (stdio.length > 3 ? startHere : startProcess)({
      program,
      args,
      cwd: repository.directory,
      env: { ...baseEnvironment(repository, path), ...environment },
      stdio,
    });
  return {
    start,
    async run(repository, args, options = {}) {
      const limit = options.maxBytes ?? longestAnswer;
      const out: Buffer[] = [];
      const errors: Buffer[] = [];
      let size = 0;
      const code = await start(repository, args, ["pipe", "pipe", "pipe"], options.environment)
        .then((child) => {
          outputOf(child).on("data", (chunk: Buffer) => {
            size += chunk.length;
            if (size <= limit) out.push(chunk);
            else child.kill("SIGKILL");
          });
          errorsOf(child).on("data", (chunk: Buffer) => {
            if (errors.length < 64) errors.push(chunk);
          });
          // git may end before it has read everything; its exit code says what that means.
          inputOf(child)
            .on("error", () => undefined)
            .end(options.input ?? "");
          return child.closed;
        })
        .catch((cause: unknown) => {
          throw problem("tool_missing", `git could not be started (${program}).`, { cause });
        });
      const stderr = Buffer.concat(errors).toString("utf8").slice(0, 4_000);
      if (size > limit) throw problem("too_large", `git ${args[0]} answered more than ${limit} bytes.`);
      if (code === 0 || (code !== null && options.answers?.includes(code) === true))
        return { code, stdout: Buffer.concat(out), stderr };
      throw problem("internal", `git ${args[0]} failed (${code ?? "killed"}): ${oneLine(stderr)}`);
    },
  };
}

/** A full object id: SHA-1 or SHA-256 in small hexadecimal digits. Anything else never reaches git. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Git's name for "nothing": what a ref holds before it exists and after it is deleted. */
export function isNullId(id: string): boolean {
  return /^0+$/.test(id);
}

function baseEnvironment(repository: GitRepository, path: string): Record<string, string> {
  const objects = `${repository.directory}/objects`;
  return {
    PATH: path,
    HOME: "/nonexistent",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
    GIT_DIR: repository.directory,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "/bin/false",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    ...configEnvironment(settings),
    ...(repository.quarantine === undefined
      ? {}
      : { GIT_OBJECT_DIRECTORY: repository.quarantine, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects }),
  };
}

/** Configuration for one process. Given again by a caller it replaces the base settings, so it repeats them. */
export function withSettings(more: readonly (readonly [string, string])[]): Record<string, string> {
  return configEnvironment([...settings, ...more]);
}

function configEnvironment(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  entries.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 500);
}
