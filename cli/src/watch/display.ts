import { printableJson } from "../command/context.ts";
import type { Context } from "../command/context.ts";
import { makePrintable, printableLine } from "../terminal/clean.ts";
import { lookOf } from "../terminal/look.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { fit } from "../terminal/width.ts";
import { changeLines } from "./changes.ts";
import type { LastLine, Snapshot } from "./snapshot.ts";
import { viewLines } from "./view.ts";

/** Where a watched pull request is shown. */
export interface Display extends Disposable {
  show(snapshot: Snapshot): void;
  /** The server does not answer; it is asked again. Called each time that it does not. */
  lost(reason: string): void;
}

/** Painted over itself on a terminal, elsewhere what changed as lines, or as JSON. */
export function displayOf({ json, terminal }: Context): Display {
  if (json) return jsonDisplay(terminal);
  return terminal.rows === undefined ? lineDisplay(terminal) : screenDisplay(terminal);
}

function jsonDisplay({ stdout }: Terminal): Display {
  let last = "";
  return {
    show({ shown }) {
      const text = printableJson(shown, 0);
      if (text !== last) stdout.write(`${text}\n`);
      last = text;
    },
    lost: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}

function lineDisplay(terminal: Terminal): Display {
  let before: Snapshot | undefined;
  let isLost = false;
  const write = (line: string) => terminal.stdout.write(`${terminal.now().toISOString().slice(11, 19)}  ${line}\n`);
  return {
    show(snapshot) {
      if (isLost) write("the server answers again");
      isLost = false;
      const after = printable(snapshot);
      for (const line of changeLines(before, after, lookOf(terminal, "stdout"))) write(line);
      before = after;
    },
    lost(reason) {
      if (!isLost) write(`the server does not answer, it is asked again: ${printableLine(reason)}`);
      isLost = true;
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** Paints over what was painted before. A line that is too long even so is cut by the terminal, so that it stays a line. */
function screenDisplay(terminal: Terminal): Display {
  let painted = 0;
  let last: Snapshot | undefined;
  let seenAt = terminal.now();
  let reason: string | undefined;
  const paint = (start: string) => {
    if (last === undefined) return;
    const look = lookOf(terminal, "stdout");
    const rows = (terminal.rows ?? 24) - 1;
    const lines =
      reason === undefined
        ? viewLines(last, look, rows)
        : [...viewLines(last, look, rows - 1), look.paint("red", lostText(reason, seenAt, look.columns))];
    terminal.stdout.write(`${start}\u001B[J\u001B[?7l${lines.join("\n")}\n\u001B[?7h`);
    painted = lines.length;
  };
  const again = () => paint(painted === 0 ? "" : `\u001B[${painted}A`);
  // The lines of before are broken otherwise now, nobody knows how many there are: the whole screen is painted anew.
  const resizes = terminal.onResize(() => paint("\u001B[H\u001B[2J"));
  return {
    show(snapshot) {
      last = printable(snapshot);
      seenAt = terminal.now();
      reason = undefined;
      again();
    },
    lost(why) {
      reason = printableLine(why);
      again();
    },
    [Symbol.dispose]: () => resizes[Symbol.dispose](),
  };
}

function lostText(reason: string, seenAt: Date, columns: number | undefined): string {
  const text = `No answer since ${seenAt.toISOString().slice(11, 19)}Z, asking again: ${reason}`;
  return columns === undefined ? text : fit(text, columns);
}

function printable({ shown, logs }: Snapshot): Snapshot {
  const lines = [...logs].map(([run, line]): [number, LastLine] => [run, { ...line, text: printableLine(line.text) }]);
  return { shown: makePrintable(shown), logs: new Map(lines) };
}
