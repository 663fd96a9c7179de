import { PassThrough, Writable } from "node:stream";
import { runPlumb } from "../run-plumb.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What a test says about the terminal. */
export interface FakeTerminalOptions {
  env?: Record<string, string>;
  /** What comes in by a pipe. */
  stdin?: string;
  /** What a person types, with `\r` for Enter; then all three streams are a terminal. */
  typed?: string;
  columns?: number;
  rows?: number;
  /** Is given what makes the terminal another size. */
  resizable?(resize: (columns: number, rows: number) => void): void;
  /** Whether stdout and stderr are a terminal though nobody types. */
  isTerminal?: boolean;
}

/** How a command ended. */
export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** stderr with marks where echo goes off and on: `<raw>Password: </raw>`. */
  rawStderr: string;
}

/** The instant at which all tests look at things. */
const now = new Date("2026-11-22T08:00:00.000Z");

/** Runs plumb in this process. */
export async function plumb(args: readonly string[], options: FakeTerminalOptions = {}): Promise<Outcome> {
  const stdout = collector();
  const stderr = collector();
  const stdin = Object.assign(new PassThrough(), {
    setRawMode: (on: boolean) => options.typed !== undefined && stderr.stream.write(on ? "<raw>" : "</raw>"),
  });
  if (options.typed === undefined) stdin.end(options.stdin ?? "");
  else stdin.write(options.typed);
  const isTerminal = options.isTerminal ?? options.typed !== undefined;
  let size = { columns: options.columns ?? 100, rows: options.rows ?? 24 };
  const resized = new Set<() => void>();
  options.resizable?.((columns, rows) => {
    size = { columns, rows };
    for (const listener of resized) listener();
  });
  const terminal: Terminal = {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    isTerminal: { stdin: options.typed !== undefined, stdout: isTerminal, stderr: isTerminal },
    get columns() {
      return isTerminal ? size.columns : undefined;
    },
    get rows() {
      return isTerminal ? size.rows : undefined;
    },
    onResize(listener) {
      resized.add(listener);
      return { [Symbol.dispose]: () => void resized.delete(listener) };
    },
    env: { HOME: "/nonexistent", ...options.env },
    now: () => now,
  };
  const exitCode = await runPlumb(args, terminal);
  const shown = stderr.text();
  return {
    exitCode,
    stdout: stdout.text(),
    stderr: shown.replaceAll(/<\/?raw>/g, ""),
    rawStderr: shown,
  };
}

function collector(): { stream: Writable; text(): string } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString("utf8") };
}
