import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** The right to write a workspace's state, given to one run. */
export interface LeaseRecord {
  workspaceId: string;
  epoch: number;
  runId: string;
  endedAt: Date | null;
  /** The engine's own lock record, while it holds one. */
  lock: unknown;
}

/** Raises the workspace's epoch and opens a lease; undefined where one is open. */
export async function openLease(
  tx: Tx,
  lease: { organizationId: string; workspaceId: string; runId: string; at: Date },
): Promise<number | undefined> {
  const open = await openLeaseOf(tx, lease.workspaceId);
  if (open !== undefined) return undefined;
  const { epoch } = await tx
    .updateTable("workspaces")
    .set({ state_epoch: sql`state_epoch + 1` })
    .where("workspace_id", "=", lease.workspaceId)
    .returning("state_epoch as epoch")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("state_leases")
    .values({
      organization_id: lease.organizationId,
      workspace_id: lease.workspaceId,
      epoch,
      run_id: lease.runId,
      granted_at: lease.at,
    })
    .execute();
  return epoch;
}

/** The open lease of a workspace. */
async function openLeaseOf(tx: Tx, workspaceId: string): Promise<LeaseRecord | undefined> {
  return selected(tx).where("workspace_id", "=", workspaceId).where("ended_at", "is", null).executeTakeFirst();
}

/** The lease of that epoch, locked until the commit. */
export async function lockLease(tx: Tx, workspaceId: string, epoch: number): Promise<LeaseRecord | undefined> {
  return selected(tx).where("workspace_id", "=", workspaceId).where("epoch", "=", epoch).forUpdate().executeTakeFirst();
}

/** Ends a lease; again does nothing. */
export async function closeLease(tx: Tx, workspaceId: string, epoch: number, by: string, at: Date): Promise<void> {
  await tx
    .updateTable("state_leases")
    .set({ ended_at: at, ended_by: by, lock_info: null })
    .where("workspace_id", "=", workspaceId)
    .where("epoch", "=", epoch)
    .where("ended_at", "is", null)
    .execute();
}

/** Stores or removes the engine's lock record. */
export async function setLock(tx: Tx, workspaceId: string, epoch: number, lock: unknown): Promise<void> {
  await tx
    .updateTable("state_leases")
    .set({ lock_info: lock === null ? null : JSON.stringify(lock) })
    .where("workspace_id", "=", workspaceId)
    .where("epoch", "=", epoch)
    .execute();
}

function selected(tx: Tx) {
  return tx
    .selectFrom("state_leases")
    .select(["workspace_id as workspaceId", "epoch", "run_id as runId", "ended_at as endedAt", "lock_info as lock"]);
}
