import type { Tx } from "../platform/database/pools.ts";
import { announce } from "../platform/live.ts";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

/** Tells the pages that show a run, and the domains above, that its status or what it waits for changed. */
export async function tellOfRun(tx: Tx, context: RunsContext, run: RunRecord): Promise<void> {
  await tellOfRuns(tx, context, [run]);
}

/** The same of runs of one organization that changed together. */
export async function tellOfRuns(tx: Tx, context: RunsContext, runs: readonly RunRecord[]): Promise<void> {
  if (runs.length === 0) return;
  for (const listener of context.listeners) await listener.runsChanged(tx, runs);
  await announceRuns(tx, runs);
}

/** Tells the pages only. */
export async function announceRuns(tx: Tx, runs: readonly RunRecord[]): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  const topics = runs.flatMap((run) => [
    `run:${run.number}`,
    `workspace:${run.workspace.name}`,
    ...(run.pullRequest === null ? [] : [`pull-request:${run.pullRequest}`]),
  ]);
  await announce(tx, first.organizationId, ["overview", ...topics]);
}
