import { problem, runCan } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { proposedStateOf } from "../../states/proposed-state.ts";
import { clearPhases } from "../event-store.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import type { RunRecord } from "../run.ts";
import { findRuns, lockQueue, lockRun, moveRun } from "../run-store.ts";
import type { RunChanges } from "../run-store.ts";
import { runSeenBy } from "../run-seen-by.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";

/** Whoever may propose to or operate an environment may try again what was approved for it. */
export function mayRetry(actor: Actor, run: Pick<RunRecord, "workspace">): boolean {
  const { environment } = run.workspace;
  return may(actor, "environment.operate", environment) || may(actor, "environment.propose", environment);
}

/**
 * Tries an apply again that failed, was canceled or has expired. It is planned anew unless nothing was changed; where
 * every remaining change was approved it goes on by itself, else it is held. Throws `wrong_status`.
 */
export async function retryRun(context: RunsContext, actor: Actor, number: number): Promise<void> {
  await context.db.transaction(actor.organizationId, async (tx) => {
    await lockQueue(tx, actor.organizationId);
    const run = await lockRun(tx, (await runSeenBy(tx, actor, number)).id);
    if (!mayRetry(actor, run)) authorize(actor, "environment.operate", run.workspace.environment);
    if (run.kind !== "apply")
      throw problem("wrong_status", `Run ${number} is a ${run.kind}; only applies are tried again.`, {
        next: run.kind === "plan" ? "Plan the pull request again." : "Check the workspace for drift again.",
      });
    if (!runCan("retry", run.status))
      throw problem("wrong_status", `Run ${number} is ${run.status}; it cannot be tried again.`);
    const proposed = await proposedStateOf(tx, run.workspace.id);
    if (proposed !== undefined)
      throw problem("wrong_status", `#${proposed.pullRequest} brings the state of ${run.workspace.name}.`, {
        next: "Without it everything would be made anew: merge or close that one first.",
      });
    await tellOfRun(tx, context, await newAttempt(tx, run, {}));
    await releaseRuns(tx, context, actor.organizationId);
    await recordAudit(tx, actor, {
      action: "run.retried",
      text: `${actor.name} tried run ${number} of ${run.workspace.name} again`,
      workspace: run.workspace.name,
      environment: run.workspace.environment,
      run: number,
      ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
      details: { attempt: run.attempt + 1, after: run.status },
    });
  });
}

/** Puts a run that has ended at the place it had in its queue, as its next attempt. */
export async function newAttempt(tx: Tx, run: RunRecord, changes: RunChanges): Promise<RunRecord> {
  await clearPhases(tx, run.id);
  return moveRun(tx, run, "waits", {
    attempt: run.attempt + 1,
    reason: null,
    error: null,
    finished_at: null,
    held_at: null,
    runner_id: null,
    requeues: 0,
    decision: null,
    cancel_requested_at: null,
    apply_started_at: null,
    phase: null,
    ...changes,
  });
}

/** Apply runs of a workspace that have not ended well, in the order of their merges. */
export async function queueOf(tx: Tx, workspaceId: string): Promise<RunRecord[]> {
  const open = await findRuns(tx, {
    workspaceId,
    kind: "apply",
    status: ["waits", "queued", "running", "held", "failed", "unknown", "expired", "canceled"],
  });
  return open.toSorted((one, other) => (one.mergeSequence ?? 0) - (other.mergeSequence ?? 0));
}
