import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";

/** A program to start. Nothing is inherited: the environment is all there is. */
export interface ProcessOrder {
  program: string;
  args: readonly string[];
  /** Working folder. */
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Descriptors from 0 on: a stream for us, or /dev/null. */
  stdio: readonly ("pipe" | "ignore")[];
}

/** A process that was started. */
export interface RunningProcess {
  /** Our ends of its descriptors, by number; null where it has /dev/null. */
  readonly stdio: readonly (Socket | null)[];
  /**
   * Resolves when it has ended and everything it wrote was read: its exit code, or null where a signal ended it. Rejects
   * where it could not be started after all, or nobody can tell how it ended.
   */
  readonly closed: Promise<number | null>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

/** Starts a program. Where that is not possible this rejects, or `closed` does. */
export type StartProcess = (order: ProcessOrder) => Promise<RunningProcess>;

/** What a process reads. Throws where it was not asked for. */
export function inputOf({ stdio }: RunningProcess): Writable {
  return wanted(stdio[0]);
}

/** What a process writes. Throws where it was not asked for. */
export function outputOf({ stdio }: RunningProcess): Readable {
  return wanted(stdio[1]);
}

/** What a process complains of. Throws where it was not asked for. */
export function errorsOf({ stdio }: RunningProcess): Readable {
  return wanted(stdio[2]);
}

function wanted(stream: Socket | null | undefined): Socket {
  if (!stream) throw new Error("the process was started without this stream");
  return stream;
}
