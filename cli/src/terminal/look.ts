import { styleText } from "node:util";
import type { Terminal } from "./terminal.ts";

/** Names of styles that are used; each is readable on dark and light. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta";

/** How text looks here. */
export interface Look {
  /** Characters per line; undefined: as long as they are. */
  columns: number | undefined;
  now: Date;
  /** Colours a text, where colours are wanted. */
  paint(style: Style | readonly Style[] | undefined, text: string): string;
}

/** Colours stand on terminals only, and nowhere with NO_COLOR (https://no-color.org) or TERM=dumb. */
export function lookOf(terminal: Terminal, stream: "stdout" | "stderr"): Look {
  const { env } = terminal;
  const coloured = terminal.isTerminal[stream] && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  return {
    columns: terminal.columns,
    now: terminal.now(),
    paint: (style, text) =>
      coloured && style !== undefined && text !== ""
        ? styleText(typeof style === "string" ? style : [...style], text, { validateStream: false })
        : text,
  };
}
