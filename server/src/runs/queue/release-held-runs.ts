import { problem } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "./approved-plan.ts";
import { releaseRuns } from "./release-runs.ts";
import type { RunRecord } from "../run.ts";
import { lockQueue, lockRuns, moveRuns } from "../run-store.ts";
import type { CommonChanges } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRuns } from "../tell-of-run.ts";

/**
 * Lets held runs go on after their plans were approved: each applies that very plan, unless state or inputs have changed
 * meanwhile; then it is planned again. Throws `wrong_status` where one is not held, or its plan is blocked.
 */
export async function releaseHeldRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  runIds: readonly string[],
): Promise<void> {
  if (runIds.length === 0) return;
  await lockQueue(tx, organizationId);
  const runs = await lockRuns(tx, runIds);
  const released = await moveRuns(
    tx,
    runs.map((run) => ({ run, changes: goingOn(run) })),
    "waits",
  );
  await tellOfRuns(tx, context, released);
  await releaseRuns(tx, context, organizationId);
}

function goingOn(run: RunRecord): CommonChanges {
  if (run.status !== "held") throw problem("wrong_status", `Run ${run.number} is ${run.status}, not held.`);
  if (run.blocking > 0)
    throw problem(
      "wrong_status",
      `The plan of run ${run.number} has blocking findings; it can only be reverted or fixed forward.`,
    );
  const planned = approvedPlanOf(run);
  if (planned === null) throw problem("wrong_status", `Run ${run.number} has no plan that could be approved.`);
  return { planned, planned_run_id: run.id, hold_required: false, held_at: null, reason: null, decision: null };
}
