import { problem } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "./approved-plan.ts";
import { releaseRuns } from "./release-runs.ts";
import { lockQueue, lockRun, moveRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";

/**
 * Lets a held run go on after its plan was approved: it applies that very plan, unless state or inputs have changed
 * meanwhile; then it is planned again. Throws `wrong_status` where it is not held, or its plan is blocked.
 */
export async function releaseHeldRun(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  runId: string,
): Promise<void> {
  await lockQueue(tx, organizationId);
  const run = await lockRun(tx, runId);
  if (run.status !== "held") throw problem("wrong_status", `Run ${run.number} is ${run.status}, not held.`);
  if (run.blocking > 0)
    throw problem(
      "wrong_status",
      `The plan of run ${run.number} has blocking findings; it can only be reverted or fixed forward.`,
    );
  const planned = approvedPlanOf(run);
  if (planned === null) throw problem("wrong_status", `Run ${run.number} has no plan that could be approved.`);
  const released = await moveRun(tx, run, "waits", {
    planned: JSON.stringify(planned),
    planned_run_id: run.id,
    hold_required: false,
    held_at: null,
    reason: null,
    decision: null,
  });
  await tellOfRun(tx, context, released);
  await releaseRuns(tx, context, organizationId);
}
