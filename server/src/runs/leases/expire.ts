import { recordAudit } from "../../audit/record-audit.ts";
import { systemActor } from "../../access/actor.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { clearPhases } from "../event-store.ts";
import { expiredHolds, expiredLeases } from "./expiry-store.ts";
import { activeRunner } from "../../runners/runner-queries.ts";
import { endLease } from "../../states/lease.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import type { RunRecord } from "../run.ts";
import { lockQueue, lockRun, moveRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";
import { freezeWorkspace } from "../workspace-marks.ts";

/**
 * Looks for runs whose runner was not heard of in time. One that may have changed something is unknown from now on and
 * its workspace frozen; its lease stays with it. Every other goes back to the queue once, then it fails. Answers how
 * many there were.
 */
export async function expireLeases(context: RunsContext): Promise<number> {
  const expired = await context.db.systemTransaction((tx) => expiredLeases(tx, context.clock.now()));
  for (const { organizationId, organization, runId } of expired)
    await context.db.transaction(organizationId, async (tx) => {
      await lockQueue(tx, organizationId);
      const run = await lockRun(tx, runId);
      const now = context.clock.now();
      if (run.status !== "running" || (await isAlive(tx, run, now))) return; // it came back
      const after = await giveUp(tx, context, run, now);
      await tellOfRun(tx, context, after);
      await releaseRuns(tx, context, organizationId);
      await recordAudit(tx, systemActor(organizationId, organization), {
        action: after.status === "unknown" ? "run.unknown" : "run.lost",
        text: `run ${run.number} of ${run.workspace.name}: ${after.reason ?? "its runner was lost; it is queued again"}`,
        workspace: run.workspace.name,
        environment: run.workspace.environment,
        run: run.number,
        ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
        details: { epoch: run.epoch, runner: run.runner, status: after.status },
      });
    });
  return expired.length;
}

/** Whether a run's lease holds; a revoked runner's never does. */
async function isAlive(tx: Tx, run: RunRecord, now: Date): Promise<boolean> {
  if (run.runnerId === null || run.leaseExpiresAt === null || run.leaseExpiresAt <= now) return false;
  return (await activeRunner(tx, run.runnerId)) !== undefined;
}

async function giveUp(tx: Tx, context: RunsContext, run: RunRecord, now: Date): Promise<RunRecord> {
  const lost = `Runner ${run.runner ?? "(unknown)"} was not heard of any more.`;
  if (run.kind === "apply" && run.applyStartedAt !== null) {
    const reason = `run ${run.number} lost its runner while it was applying; nobody knows what was done`;
    await freezeWorkspace(tx, run, reason, now);
    return moveRun(tx, run, "unknown", { reason: `${lost} What it applied is not known.`, finished_at: now });
  }
  // Without the writing credential nothing was changed: an older epoch is refused from here on.
  if (run.kind === "apply") await endLease(tx, run.workspace.id, run.epoch, "lost", now);
  if (run.cancelRequestedAt !== null)
    return moveRun(tx, run, "canceled", {
      reason: `${lost} It was to stop anyway.`,
      finished_at: now,
      lease_expires_at: null,
    });
  if (run.requeues > 0)
    return moveRun(tx, run, "failed", {
      reason: `${lost} That happened twice.`,
      error: JSON.stringify({ code: "run_failed", detail: `${lost} That happened twice.` }),
      finished_at: now,
      lease_expires_at: null,
    });
  await clearPhases(tx, run.id);
  return requeue(tx, run);
}

/** Back to the queue; the epoch stays until it is granted anew, and then rises. */
async function requeue(tx: Tx, run: RunRecord): Promise<RunRecord> {
  return moveRun(tx, run, "queued", {
    reason: null,
    requeues: run.requeues + 1,
    runner_id: null,
    lease_expires_at: null,
    decision: null,
    phase: null,
  });
}

/** Ends held runs that nobody decided about in time; what they would have applied is shown as unapplied. */
export async function expireHeldRuns(context: RunsContext): Promise<number> {
  const before = new Date(context.clock.now().getTime() - context.settings.heldSeconds * 1_000);
  const expired = await context.db.systemTransaction((tx) => expiredHolds(tx, before));
  for (const { organizationId, organization, runId } of expired)
    await context.db.transaction(organizationId, async (tx) => {
      await lockQueue(tx, organizationId);
      const run = await lockRun(tx, runId);
      if (run.status !== "held" || run.heldAt === null || run.heldAt > before) return;
      const days = Math.round(context.settings.heldSeconds / 86_400);
      const after = await moveRun(tx, run, "expired", {
        reason: `Nobody approved it within ${days} days.`,
        finished_at: context.clock.now(),
      });
      await tellOfRun(tx, context, after);
      await releaseRuns(tx, context, organizationId);
      await recordAudit(tx, systemActor(organizationId, organization), {
        action: "run.expired",
        text: `run ${run.number} of ${run.workspace.name} was held for ${days} days and expired`,
        workspace: run.workspace.name,
        environment: run.workspace.environment,
        run: run.number,
        ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
        details: { heldAt: run.heldAt.toISOString() },
      });
    });
  return expired.length;
}
