import type { RunOperation } from "@plumbline/contract";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** More operations than anybody reads; a run with more shows its first ones. */
const mostEvents = 2_000;

const kinds = ["apply_start", "apply_complete", "apply_errored"];

/**
 * What the engine did to each resource in an apply, in the order in which it began: its events `apply_start`,
 * `apply_complete` and `apply_errored` (terraform's machine-readable UI), read from the stored journal.
 */
export async function operationsOf(tx: Tx, runId: string, epoch: number): Promise<RunOperation[]> {
  const { rows } = await sql<{ at: Date; kind: string; address: string | null; action: string | null }>`
    select at, body->'event'->>'type' as kind, body->'event'->'hook'->'resource'->>'addr' as address,
      body->'event'->'hook'->>'action' as action
    from run_events
    where run_id = ${runId} and epoch = ${epoch} and type = 'engine' and phase = 'apply'
      and body->'event'->>'type' in (${sql.join(kinds)})
    order by sequence limit ${mostEvents}`.execute(tx);
  const operations: RunOperation[] = [];
  const open = new Map<string, RunOperation>();
  for (const { at, kind, address, action } of rows) {
    if (address === null || !isChange(action)) continue;
    const key = `${action} ${address}`;
    if (kind === "apply_start") {
      const begun: RunOperation = {
        address,
        action,
        outcome: "running",
        startedAt: at.toISOString(),
        finishedAt: null,
      };
      open.set(key, begun);
      operations.push(begun);
      continue;
    }
    const ended = open.get(key);
    if (ended === undefined) continue;
    ended.outcome = kind === "apply_complete" ? "ok" : "failed";
    ended.finishedAt = at.toISOString();
    open.delete(key);
  }
  return operations;
}

/** Reading a data source changes nothing. */
function isChange(action: string | null): action is RunOperation["action"] {
  return action === "create" || action === "update" || action === "delete";
}
