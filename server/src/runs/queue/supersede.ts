import type { RunStatus } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import type { RunRecord } from "../run.ts";
import { findRuns, lockQueue, moveRun, changeRun } from "../run-store.ts";
import { releaseRuns } from "./release-runs.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";

const stuck: readonly RunStatus[] = ["held", "failed", "canceled", "expired"];

/**
 * What a new merge takes the place of in these workspaces: apply runs that are stuck, and those that wait behind a
 * stuck one, be it in the workspace's queue or in their own pull request. The new merge was planned over main, so it
 * holds their changes. What is queued, running or unknown is left alone.
 */
export async function stuckBefore(tx: Tx, workspaceIds: readonly string[]): Promise<RunRecord[]> {
  const found: RunRecord[] = [];
  for (const workspaceId of workspaceIds) {
    const open = await findRuns(tx, { workspaceId, kind: "apply", status: [...stuck, "waits"] });
    const firstStuck = Math.min(...open.filter(isStuck).map((run) => run.mergeSequence ?? 0), Number.POSITIVE_INFINITY);
    for (const run of open) {
      const behind = (run.mergeSequence ?? 0) > firstStuck;
      if (isStuck(run) || behind || (await hasStuckRun(tx, run.pullRequestId))) found.push(run);
    }
  }
  return found;
}

async function hasStuckRun(tx: Tx, pullRequestId: string | null): Promise<boolean> {
  if (pullRequestId === null) return false;
  return (await findRuns(tx, { pullRequestId, kind: "apply", status: stuck, limit: 1 })).length > 0;
}

function isStuck(run: RunRecord): boolean {
  return stuck.includes(run.status);
}

/** Which plan runs a newer patch set, a close or a new plan makes pointless. */
export interface SupersedeFilter {
  pullRequestId?: string;
  patchSetId?: string;
  workspaceId?: string;
}

/**
 * Ends plan runs that nobody wants any more: those that wait or are queued at once, those that run are asked to stop.
 * Runs in `except` stay.
 */
export async function supersedeRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  filter: SupersedeFilter,
  reason: string,
  except: ReadonlySet<string> = new Set(),
): Promise<void> {
  await lockQueue(tx, organizationId);
  const runs = await findRuns(tx, { ...filter, kind: "plan", status: ["waits", "queued", "running"] });
  for (const run of runs) {
    if (except.has(run.id)) continue;
    const now = context.clock.now();
    if (run.status === "running") await changeRun(tx, run.id, { cancel_requested_at: now, reason });
    else await tellOfRun(tx, context, await moveRun(tx, run, "superseded", { reason, finished_at: now }));
  }
  await releaseRuns(tx, context, organizationId);
}
