import type { Readable, Writable } from "node:stream";

/** Where a command reads and writes. Nothing else in here touches the process. */
export interface Terminal {
  stdin: Readable & { setRawMode?(on: boolean): unknown };
  stdout: Writable;
  stderr: Writable;
  /** Whether each is a terminal with a person before it. */
  isTerminal: { stdin: boolean; stdout: boolean; stderr: boolean };
  /** Characters per line of stdout, as it is now; undefined where it is not a terminal. */
  readonly columns: number | undefined;
  /** Lines of the terminal that stdout is, as it is now; undefined where it is none. */
  readonly rows: number | undefined;
  /** Calls back whenever the terminal got another size, until it is disposed of. */
  onResize(listener: () => void): Disposable;
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
    get columns() {
      return stdout.isTTY ? stdout.columns || 80 : undefined;
    },
    get rows() {
      return stdout.isTTY ? stdout.rows || 24 : undefined;
    },
    onResize(listener) {
      stdout.on("resize", listener);
      return { [Symbol.dispose]: () => void stdout.off("resize", listener) };
    },
    env,
    now: () => new Date(),
  };
}
