import { Problem, problem } from "@plumbline/contract";
import type { PullRequestState } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { displayOf } from "./display.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { Snapshot } from "./snapshot.ts";
import { wakeUps } from "./wake-ups.ts";

export interface WatchOptions {
  exit?: boolean;
  interval: number;
}

const ended: readonly PullRequestState[] = ["applied", "superseded", "closed"];
const moving: readonly PullRequestState[] = ["planning", "applying"];
const well: readonly PullRequestState[] = ["applied", "waits", "ready"];
/** So many times in a row the server may fail to answer: two minutes at the usual interval, as long as it may be updated. */
const mostFailures = 24;

/**
 * `plumb prs watch`: follows a pull request until it is applied, superseded or closed; with `exit` until nothing moves without a
 * person. As JSON it is the pull request whenever it changed, one per line.
 */
export async function watchPr(context: Context, number: number, { exit, interval }: WatchOptions): Promise<void> {
  const client = await context.client();
  using display = displayOf(context);
  let snapshot = await takeSnapshot(client, number);
  display.show(snapshot);
  using signals = wakeUps(client, (topic) => concerns(topic, snapshot), interval * 1000);
  let failures = 0;
  while (!hasEnded(snapshot.shown.state, exit === true)) {
    await signals.next();
    try {
      snapshot = await takeSnapshot(client, number, snapshot);
      failures = 0;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "unavailable" || ++failures === mostFailures) throw error;
      display.lost(error.message);
      continue;
    }
    display.show(snapshot);
  }
  const { state, sentence } = snapshot.shown;
  if (state === "applied" || well.includes(state)) return;
  if (context.json || ended.includes(state)) return context.fail();
  throw problem(state === "blocked" ? "merge_refused" : "run_failed", `#${number} is ${state}: ${sentence}`, {
    next: `plumb prs show ${number} says what is missing and who can do it.`,
  });
}

function hasEnded(state: PullRequestState, exit: boolean): boolean {
  return ended.includes(state) || (exit && !moving.includes(state));
}

function concerns(topic: string, { shown }: Snapshot): boolean {
  const [kind, rest] = [topic.slice(0, topic.indexOf(":")), topic.slice(topic.indexOf(":") + 1)];
  if (kind === "pull-request") return rest === String(shown.number);
  return kind === "run" && shown.affected.some((one) => rest === String(one.run) || rest === String(one.applyRun));
}
