import type { Tx } from "../platform/database/pools.ts";
import { announce } from "../platform/live.ts";
import type { RunRecord } from "./run.ts";
import type { RunsContext } from "./runs-context.ts";

/** Tells the pages that show a run, and the domains above, that its status or what it waits for changed. */
export async function tellOfRun(tx: Tx, context: RunsContext, run: RunRecord): Promise<void> {
  for (const listener of context.listeners) await listener.runEnded(tx, run);
  await announceRun(tx, run);
}

/** Tells the pages only. */
export async function announceRun(tx: Tx, run: RunRecord): Promise<void> {
  const topics = [`run:${run.number}`, `workspace:${run.workspace.name}`, "overview"];
  if (run.pullRequest !== null) topics.push(`pull-request:${run.pullRequest}`);
  await announce(tx, run.organizationId, topics);
}
