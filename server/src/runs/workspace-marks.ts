import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "./run.ts";

// The columns of workspaces that say what runs did to them; nobody else writes them.

/** Lets nothing be applied to the workspace until somebody confirms. */
export async function freezeWorkspace(tx: Tx, run: RunRecord, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({ frozen_at: at, frozen_reason: reason, frozen_run: run.number })
    .where("workspace_id", "=", run.workspace.id)
    .execute();
}

/** Lets applies go again. With a run: only where that run is the reason. */
export async function unfreezeWorkspace(tx: Tx, workspaceId: string, run?: number): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({ frozen_at: null, frozen_reason: null, frozen_run: null })
    .where("workspace_id", "=", workspaceId)
    .$if(run !== undefined, (query) => query.where("frozen_run", "=", run ?? 0))
    .execute();
}

/** Notes what was applied cleanly last; after a destroy that is nothing. */
export async function markApplied(tx: Tx, run: RunRecord, at: Date): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({
      applied_run_id: run.destroy ? null : run.id,
      applied_code_commit: run.destroy ? null : run.codeCommit,
      applied_values_commit: run.destroy ? null : run.valuesCommit,
      applied_at: at,
    })
    .where("workspace_id", "=", run.workspace.id)
    .execute();
}

/** What was applied cleanly last; undefined where nothing was. */
export async function appliedOf(
  tx: Tx,
  workspaceId: string,
): Promise<{ runId: string; codeCommit: string; valuesCommit: string } | undefined> {
  const row = await tx
    .selectFrom("workspaces")
    .select(["applied_run_id as runId", "applied_code_commit as codeCommit", "applied_values_commit as valuesCommit"])
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  if (!row || row.runId === null || row.codeCommit === null || row.valuesCommit === null) return undefined;
  return { runId: row.runId, codeCommit: row.codeCommit, valuesCommit: row.valuesCommit };
}
