import type { Tx } from "../../platform/database/pools.ts";
import type { RunRecord } from "../run.ts";

/**
 * Whether a drift check reads what one before it has read already: the same state version and the same values. The log
 * keeps the first of such reads; the same machine reading the same thing every minute would hide everything else in it.
 */
export async function isRoutine(tx: Tx, run: RunRecord): Promise<boolean> {
  if (run.kind !== "drift") return false;
  const earlier = await tx
    .selectFrom("runs")
    .select("run_id")
    .where("workspace_id", "=", run.workspace.id)
    .where("kind", "=", "drift")
    .where("number", "<", run.number)
    .where("started_at", "is not", null)
    .where("state_version_before", "is not distinct from", run.stateVersionBefore)
    .where("values_commit", "=", run.valuesCommit)
    .limit(1)
    .executeTakeFirst();
  return earlier !== undefined;
}
