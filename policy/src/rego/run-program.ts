import { spawn } from "node:child_process";

/** How a program is started; a runner passes its own to put it into a sandbox. */
export type RunProgram = (program: string, args: readonly string[], options: RunOptions) => Promise<ProgramResult>;

export interface RunOptions {
  /** Written to its standard input. */
  input?: string;
  /** The program is killed after this many milliseconds. */
  timeoutMs: number;
  /** Its working directory. */
  directory: string;
}

export interface ProgramResult {
  /** Null where a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** More output than this ends the program: no policy has that much to say. */
const mostOutput = 64 * 1024 * 1024;

/** Runs a program with a cleared environment. Rejects where it cannot be started. */
export const runProgram: RunProgram = (program, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.directory,
      env: {},
      stdio: ["pipe", "pipe", "pipe"],
      shell: false,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.timeoutMs);
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) child.kill("SIGKILL");
      else into.push(chunk);
    };
    child.stdout.on("data", collect(out));
    child.stderr.on("data", collect(err));
    child.stdin.on("error", () => {
      // It ended without reading everything; its exit code says why.
    });
    child.on("error", (fault) => {
      clearTimeout(timer);
      reject(fault);
    });
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), timedOut });
    });
    child.stdin.end(options.input ?? "");
  });
