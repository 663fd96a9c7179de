import type { Tx } from "../../platform/database/pools.ts";
import type { RunRecord } from "../run.ts";
import type { PlanToDecide, RunsContext } from "../runs-context.ts";

/** Asks whoever knows of approvals. Nobody there: held, since a person can still say yes. */
export async function askForDecision(
  tx: Tx,
  context: Pick<RunsContext, "listeners">,
  run: RunRecord,
  plan: PlanToDecide,
): Promise<"apply" | "hold"> {
  for (const listener of context.listeners)
    if (listener.decideApply !== undefined) return listener.decideApply(tx, run, plan);
  return "hold";
}
