import { spawn } from "node:child_process";
import { watchProcess } from "./watch-process.ts";
import type { StopReason } from "./watch-process.ts";

/** How a program is started; a runner passes its own to put it into a sandbox. */
export type RunProgram = (program: string, args: readonly string[], options: RunOptions) => Promise<ProgramResult>;

export interface RunOptions {
  /** Written to its standard input. */
  input?: string;
  /** The program is killed after this many milliseconds. */
  timeoutMs: number;
  /** It is killed when it has used this much of a processor, in milliseconds. Counted on Linux only. */
  cpuMs?: number;
  /** It is killed when it holds more memory than this, in bytes. Counted on Linux only. */
  memoryBytes?: number;
  /** It is killed when it has printed more than this; by default 64 MB. */
  outputBytes?: number;
  /** Its whole environment; by default empty. */
  environment?: Readonly<Record<string, string>>;
  /** Its working directory. */
  directory: string;
}

export interface ProgramResult {
  /** Null where a signal ended it. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** Why it was killed, where it was. */
  stopped?: StopReason | "output";
}

/** No policy has more to say. */
const mostOutput = 64 * 1024 * 1024;

/** Runs a program with a cleared environment. Rejects where it cannot be started. */
export const runProgram: RunProgram = (program, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.directory,
      env: { ...options.environment },
      stdio: ["pipe", "pipe", "pipe"],
      shell: false,
      // A group of its own, so that what it started ends with it.
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let stopped: ProgramResult["stopped"];
    const stop = (reason: NonNullable<ProgramResult["stopped"]>): void => {
      stopped ??= reason;
      killGroup(child.pid);
    };
    const watch = watchProcess(child.pid, options, stop);
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > (options.outputBytes ?? mostOutput)) stop("output");
      else into.push(chunk);
    };
    child.stdout.on("data", collect(out));
    child.stderr.on("data", collect(err));
    child.stdin.on("error", () => {
      // It ended without reading everything; its exit code says why.
    });
    child.on("error", (fault) => {
      watch.end();
      reject(fault);
    });
    child.on("close", (exitCode) => {
      watch.end();
      resolve({
        exitCode,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
        ...(stopped === undefined ? {} : { stopped }),
      });
    });
    child.stdin.end(options.input ?? "");
  });

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
