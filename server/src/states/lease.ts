import { problem } from "@plumbline/contract";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { closeLease, lockLease, openLease, setLock } from "./lease-store.ts";
import type { LeaseRecord } from "./lease-store.ts";

export type { LeaseRecord } from "./lease-store.ts";

/** Terraform's lock record; kept as it came. */
const LockInfo = z.looseObject({ ID: z.string().min(1).max(200) });

/**
 * Gives a run the right to write a workspace's state, under a new epoch. Undefined where somebody holds it: an open
 * lease is never taken away by this, however long its holder was not heard of.
 */
export async function grantLease(
  tx: Tx,
  lease: { organizationId: string; workspaceId: string; runId: string; at: Date },
): Promise<number | undefined> {
  return openLease(tx, lease);
}

/** Ends the lease. `by` says who or what did. Again does nothing. */
export async function endLease(tx: Tx, workspaceId: string, epoch: number, by: string, at: Date): Promise<void> {
  await closeLease(tx, workspaceId, epoch, by, at);
}

/** The lease of a run under an epoch, locked until the commit. Throws `lease_lost` where it is not the open one. */
export async function requireLease(
  tx: Tx,
  lease: { workspaceId: string; runId: string; epoch: number },
): Promise<LeaseRecord> {
  const found = await lockLease(tx, lease.workspaceId, lease.epoch);
  if (found === undefined || found.runId !== lease.runId || found.endedAt !== null)
    throw problem("lease_lost", `Epoch ${lease.epoch} does not hold the lease of this state any more.`);
  return found;
}

/** The engine's LOCK. The lease decides who may come; the lock tells two engines of one lease apart. */
export async function lockState(
  tx: Tx,
  lease: { workspaceId: string; runId: string; epoch: number },
  body: Buffer,
): Promise<void> {
  const held = await requireLease(tx, lease);
  const lock = readLock(body);
  const present = LockInfo.safeParse(held.lock);
  if (present.success && present.data.ID !== lock.ID)
    throw problem("state_locked", `An engine of this run holds the lock ${present.data.ID}.`, {
      data: { lock: present.data },
    });
  await setLock(tx, lease.workspaceId, lease.epoch, lock);
}

/** The engine's UNLOCK. An empty body is `force-unlock`, which a run never asks for. */
export async function unlockState(
  tx: Tx,
  lease: { workspaceId: string; runId: string; epoch: number },
  body: Buffer,
): Promise<void> {
  const held = await requireLease(tx, lease);
  requireLock(held, readLock(body).ID);
  await setLock(tx, lease.workspaceId, lease.epoch, null);
}

/** Throws `state_locked` where the lease's lock is another one than the given. */
export function requireLock(lease: LeaseRecord, lockId: string | undefined): void {
  const present = LockInfo.safeParse(lease.lock);
  if (present.success && present.data.ID !== lockId)
    throw problem("state_locked", `The state is locked with ${present.data.ID}.`, { data: { lock: present.data } });
}

function readLock(body: Buffer): z.infer<typeof LockInfo> {
  try {
    return LockInfo.parse(JSON.parse(body.toString("utf8")));
  } catch (cause) {
    throw problem("invalid_request", "The body is not a lock record with an ID.", { cause });
  }
}
