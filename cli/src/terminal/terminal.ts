import type { Readable, Writable } from "node:stream";

/** Where a command reads and writes. Nothing else in here touches the process. */
export interface Terminal {
  stdin: Readable & { setRawMode?(on: boolean): unknown };
  stdout: Writable;
  stderr: Writable;
  /** Whether each is a terminal with a person before it. */
  isTerminal: { stdin: boolean; stdout: boolean; stderr: boolean };
  /** Characters per line of stdout; undefined where it is not a terminal. */
  columns: number | undefined;
  /** Lines of the terminal that stdout is; undefined where it is none. */
  rows: number | undefined;
  env: Readonly<Record<string, string | undefined>>;
  now(): Date;
}

/** The terminal of this process. A reader that goes away (`plumb audit | head`) ends it quietly. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  return {
    stdin,
    stdout,
    stderr,
    isTerminal: {
      stdin: stdin.isTTY === true,
      stdout: stdout.isTTY === true,
      stderr: stderr.isTTY === true,
    },
    // A terminal that does not tell its width says 0.
    columns: stdout.isTTY ? stdout.columns || 80 : undefined,
    rows: stdout.isTTY ? stdout.rows || 24 : undefined,
    env,
    now: () => new Date(),
  };
}
