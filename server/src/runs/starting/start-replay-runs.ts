import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "../queue/approved-plan.ts";
import { ring } from "../bell.ts";
import { findRuns, insertRun, lockQueue, moveRun, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { announceRun, tellOfRun } from "../tell-of-run.ts";

/** What is to be judged again, and by what. */
export interface ReplayRequest {
  pullRequestId: string;
  patchSetId: string;
  /** The commit whose policies judge. */
  rulesCommit: string;
  /** Runs whose plans are judged. */
  planRunIds: readonly string[];
}

/**
 * Has runners judge plans that are there by other policies: no engine runs, no credential is given, nothing is changed.
 * Replays of the same pull request that are still to be done and are not in `keep` give way.
 */
export async function startReplayRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  request: ReplayRequest,
  keep: ReadonlySet<string>,
): Promise<void> {
  const { pullRequestId, patchSetId, rulesCommit, planRunIds } = request;
  await lockQueue(tx, organizationId);
  const now = context.clock.now();
  for (const run of await findRuns(tx, { pullRequestId, kind: "replay", status: ["queued"] })) {
    if (keep.has(run.id)) continue;
    const reason = "Newer policies are replayed.";
    await tellOfRun(tx, context, await moveRun(tx, run, "superseded", { reason, finished_at: now }));
  }
  for (const planRunId of planRunIds) {
    const plan = await runById(tx, planRunId);
    const planned = approvedPlanOf(plan);
    if (planned === null) continue;
    const id = context.newId();
    await insertRun(tx, organizationId, {
      id,
      number: await nextNumber(tx, organizationId, "run"),
      kind: "replay",
      workspaceId: plan.workspace.id,
      pullRequestId,
      patchSetId,
      status: "queued",
      codeCommit: plan.codeCommit,
      valuesCommit: plan.valuesCommit,
      destroy: false,
      mergeSequence: null,
      stage: plan.stage,
      planned,
      rulesCommit,
      createdAt: now,
      needs: [],
    });
    await announceRun(tx, await runById(tx, id));
  }
  if (planRunIds.length > 0) await ring(tx, organizationId);
}
