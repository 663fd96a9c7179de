import type { Client } from "../connection/client.ts";
import { makePrintable } from "../terminal/clean.ts";
import type { Look } from "../terminal/look.ts";
import { lookOf } from "../terminal/look.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What every command gets. */
export interface Context {
  terminal: Terminal;
  json: boolean;
  /** The API with the caller's token. Throws `not_signed_in` where there is none. */
  client(): Promise<Client>;
  /**
   * Prints a result: as JSON with `--json`, else as text. `text` receives the data with everything taken out that could
   * steer a terminal, and answers lines.
   */
  print<Data>(data: Data, text: (data: Data, look: Look) => string[]): void;
  /** Says something to the person; kept out of what programs read. */
  say(line: string): void;
  /** The command did its work, and what it found is bad: it ends with 1. */
  fail(): void;
}

/** Makes the context of one invocation; `failed` tells at its end whether `fail` was called. */
export function makeContext(terminal: Terminal, json: boolean): Context & { failed(): boolean } {
  let failed = false;
  return {
    terminal,
    json,
    async client() {
      const { connect } = await import("../connection/connect.ts");
      return connect(terminal.env);
    },
    print(data, text) {
      if (json) terminal.stdout.write(`${printableJson(data)}\n`);
      else for (const line of text(makePrintable(data), lookOf(terminal, "stdout"))) terminal.stdout.write(`${line}\n`);
    },
    say(line) {
      terminal.stderr.write(`${line}\n`);
    },
    fail() {
      failed = true;
    },
    failed: () => failed,
  };
}

/** JSON whose characters above ASCII's controls cannot steer a terminal either. The value is the same. */
export function printableJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replaceAll(
    /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
