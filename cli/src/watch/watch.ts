import { Problem, problem } from "@plumbline/contract";
import type { PullRequestState } from "@plumbline/contract";
import { printableJson } from "../command/context.ts";
import type { Context } from "../command/context.ts";
import { makePrintable, printableLine } from "../terminal/clean.ts";
import { lookOf } from "../terminal/look.ts";
import { changeLines } from "./changes.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { LastLine, Snapshot } from "./snapshot.ts";
import { viewLines } from "./view.ts";
import { wakeUps } from "./wake-ups.ts";

export interface WatchOptions {
  exit?: boolean;
  interval: number;
}

const moving: readonly PullRequestState[] = ["planning", "applying"];
const well: readonly PullRequestState[] = ["applied", "waits", "ready"];
/** So many times in a row the server may fail to answer. */
const mostFailures = 5;

/**
 * `plumb prs watch`: follows a pull request until it is applied or closed; with `exit` until nothing moves without a
 * person. As JSON it is the pull request whenever it changed, one per line.
 */
export async function watchPr(context: Context, number: number, { exit, interval }: WatchOptions): Promise<void> {
  const client = await context.client();
  const show = context.json
    ? printJson(context)
    : context.terminal.rows === undefined
      ? printLines(context)
      : paint(context);
  let snapshot = await takeSnapshot(client, number);
  show(snapshot);
  using signals = wakeUps(client, (topic) => concerns(topic, snapshot), interval * 1000);
  let failures = 0;
  while (!hasEnded(snapshot.shown.state, exit === true)) {
    await signals.next();
    try {
      snapshot = await takeSnapshot(client, number, snapshot);
      failures = 0;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "unavailable" || ++failures === mostFailures) throw error;
      continue;
    }
    show(snapshot);
  }
  const { state, sentence } = snapshot.shown;
  if (state === "applied" || well.includes(state)) return;
  if (context.json || state === "closed") return context.fail();
  throw problem(state === "blocked" ? "merge_refused" : "run_failed", `#${number} is ${state}: ${sentence}`, {
    next: `plumb prs show ${number} says what is missing and who can do it.`,
  });
}

function hasEnded(state: PullRequestState, exit: boolean): boolean {
  return state === "applied" || state === "closed" || (exit && !moving.includes(state));
}

function concerns(topic: string, { shown }: Snapshot): boolean {
  const [kind, rest] = [topic.slice(0, topic.indexOf(":")), topic.slice(topic.indexOf(":") + 1)];
  if (kind === "pull-request") return rest === String(shown.number);
  return kind === "run" && shown.affected.some((one) => rest === String(one.run) || rest === String(one.applyRun));
}

function printJson({ terminal }: Context): (snapshot: Snapshot) => void {
  let last = "";
  return ({ shown }) => {
    const text = printableJson(shown, 0);
    if (text !== last) terminal.stdout.write(`${text}\n`);
    last = text;
  };
}

function printLines({ terminal }: Context): (snapshot: Snapshot) => void {
  let before: Snapshot | undefined;
  return (snapshot) => {
    const after = printable(snapshot);
    const time = terminal.now().toISOString().slice(11, 19);
    for (const line of changeLines(before, after, lookOf(terminal, "stdout")))
      terminal.stdout.write(`${time}  ${line}\n`);
    before = after;
  };
}

/** Paints over what was painted before. Long lines are cut by the terminal itself, so that a line stays a line. */
function paint({ terminal }: Context): (snapshot: Snapshot) => void {
  let painted = 0;
  return (snapshot) => {
    const lines = viewLines(printable(snapshot), lookOf(terminal, "stdout"), (terminal.rows ?? 24) - 1);
    const up = painted === 0 ? "" : `\u001B[${painted}A`;
    terminal.stdout.write(`${up}\u001B[J\u001B[?7l${lines.join("\n")}\n\u001B[?7h`);
    painted = lines.length;
  };
}

function printable({ shown, logs }: Snapshot): Snapshot {
  const lines = [...logs].map(([run, line]): [number, LastLine] => [run, { ...line, text: printableLine(line.text) }]);
  return { shown: makePrintable(shown), logs: new Map(lines) };
}
