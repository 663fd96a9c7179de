import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Deletes what a run uploaded, once nobody needs it any more. */
export async function forgetArtifacts(tx: Tx, runId: string): Promise<void> {
  await tx.deleteFrom("run_artifacts").where("run_id", "=", runId).execute();
}

/** Drift runs made before a time that have ended, without those in `except`; at most `limit`, oldest first. */
export async function oldDriftRuns(tx: Tx, before: Date, except: readonly string[], limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("runs")
    .select("run_id")
    .where("kind", "=", "drift")
    .where("created_at", "<", before)
    .where("status", "in", ["finished", "failed", "canceled"])
    .where(sql<boolean>`run_id <> all(${[...except]}::uuid[])`)
    .orderBy("created_at")
    .limit(limit)
    .execute();
  return rows.map((row) => row.run_id);
}

/** Deletes runs with everything of them. The caller has deleted what else refers to them. */
export async function forgetRuns(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  for (const table of ["run_events", "run_phases", "run_artifacts"] as const)
    await tx
      .deleteFrom(table)
      .where("run_id", "in", [...runIds])
      .execute();
  await tx
    .deleteFrom("runs")
    .where("run_id", "in", [...runIds])
    .execute();
}
