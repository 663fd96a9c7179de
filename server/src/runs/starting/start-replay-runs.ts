import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "../queue/approved-plan.ts";
import { ring } from "../bell.ts";
import { supersedeThese } from "../queue/supersede.ts";
import { findRuns, insertRuns, lockQueue, runsById } from "../run-store.ts";
import type { NewRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { announceRuns } from "../tell-of-run.ts";

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
  const open = await findRuns(tx, { pullRequestId, kind: "replay", status: ["queued"] });
  await supersedeThese(
    tx,
    context,
    open.filter((run) => !keep.has(run.id)),
    "Newer policies are replayed.",
  );
  if (planRunIds.length === 0) return;
  const createdAt = context.clock.now();
  const plans = new Map((await runsById(tx, planRunIds)).map((run) => [run.id, run]));
  const judged = planRunIds.flatMap((id) => {
    const plan = plans.get(id);
    const planned = plan && approvedPlanOf(plan);
    return plan === undefined || planned === null || planned === undefined ? [] : [{ plan, planned }];
  });
  const first = await nextNumber(tx, organizationId, "run", judged.length);
  const runs = judged.map(({ plan, planned }, index): NewRun => ({
    id: context.newId(),
    number: first + index,
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
    createdAt,
    needs: [],
  }));
  await insertRuns(tx, organizationId, runs);
  await announceRuns(
    tx,
    await runsById(
      tx,
      runs.map((run) => run.id),
    ),
  );
  await ring(tx, organizationId);
}
