import type { RunStatus } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import type { RunRecord } from "../run.ts";
import { changeRuns, findRuns, lockQueue, moveRuns } from "../run-store.ts";
import { releaseRuns } from "./release-runs.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRuns } from "../tell-of-run.ts";

const stuck: readonly RunStatus[] = ["held", "failed", "canceled", "expired"];

/**
 * What a new merge takes the place of in these workspaces: apply runs that are stuck, and those that wait behind a
 * stuck one, be it in the workspace's queue or in their own pull request. The new merge was planned over main, so it
 * holds their changes. What is queued, running or unknown is left alone.
 */
export async function stuckBefore(tx: Tx, workspaceIds: readonly string[]): Promise<RunRecord[]> {
  const open = await findRuns(tx, { workspaceIds, kind: "apply", status: [...stuck, "waits"] });
  const waitFor = new Set(open.flatMap((run) => (isStuck(run) ? [] : (run.pullRequestId ?? []))));
  const stuckOnes = await findRuns(tx, { pullRequestIds: [...waitFor], kind: "apply", status: stuck });
  const hasStuckRun = new Set(stuckOnes.map((run) => run.pullRequestId));
  return [...Map.groupBy(open, (run) => run.workspace.id).values()].flatMap((queue) => {
    const firstStuck = Math.min(
      ...queue.filter(isStuck).map((run) => run.mergeSequence ?? 0),
      Number.POSITIVE_INFINITY,
    );
    return queue.filter(
      (run) => isStuck(run) || (run.mergeSequence ?? 0) > firstStuck || hasStuckRun.has(run.pullRequestId),
    );
  });
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
  const now = context.clock.now();
  const pointless = runs.filter((run) => !except.has(run.id));
  const running = pointless.filter((run) => run.status === "running");
  await changeRuns(
    tx,
    running.map((run) => ({ run, changes: { cancel_requested_at: now, reason } })),
  );
  await supersedeThese(
    tx,
    context,
    pointless.filter((run) => run.status !== "running"),
    reason,
  );
  await releaseRuns(tx, context, organizationId);
}

/** Ends runs that nobody has begun. */
export async function supersedeThese(
  tx: Tx,
  context: RunsContext,
  runs: readonly RunRecord[],
  reason: string,
): Promise<void> {
  const changes = { reason, finished_at: context.clock.now() };
  const superseded = await moveRuns(
    tx,
    runs.map((run) => ({ run, changes })),
    "superseded",
  );
  await tellOfRuns(tx, context, superseded);
}
