import type { Tx } from "../../platform/database/pools.ts";

/** A run of some organization. */
export interface ExpiredRun {
  organizationId: string;
  organization: string;
  runId: string;
}

/** Runs whose lease is over, or whose runner was revoked; needs a system transaction. */
export async function expiredLeases(tx: Tx, now: Date): Promise<ExpiredRun[]> {
  return selected(tx)
    .leftJoin("runners", (join) =>
      join
        .onRef("runners.organization_id", "=", "runs.organization_id")
        .onRef("runners.runner_id", "=", "runs.runner_id"),
    )
    .where("runs.status", "=", "running")
    .where((where) => where.or([where("runs.lease_expires_at", "<", now), where("runners.revoked_at", "is not", null)]))
    .execute();
}

/** Runs held since before a time; needs a system transaction. */
export async function expiredHolds(tx: Tx, before: Date): Promise<ExpiredRun[]> {
  return selected(tx).where("runs.status", "=", "held").where("runs.held_at", "<=", before).execute();
}

/** Gives every running run the full time again; needs a system transaction. For a server that was away itself. */
export async function extendLeases(tx: Tx, until: Date): Promise<void> {
  await tx
    .updateTable("runs")
    .set({ lease_expires_at: until })
    .where("status", "=", "running")
    .where("lease_expires_at", "<", until)
    .execute();
}

function selected(tx: Tx) {
  return tx
    .selectFrom("runs")
    .innerJoin("organizations", "organizations.organization_id", "runs.organization_id")
    .select(["runs.organization_id as organizationId", "organizations.name as organization", "runs.run_id as runId"]);
}
