import { hasEnded } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { addTask } from "../platform/tasks/index.ts";
import type { RunRecord } from "../runs/run.ts";
import type { RunListener } from "../runs/runs-context.ts";
import { findCases } from "./case-store.ts";
import { intervalOf, setNextCheck } from "./check-store.ts";
import type { DriftContext } from "./drift-context.ts";
import { judgeCheckTask } from "./judge-check.ts";
import { nextCheck } from "./record-check.ts";

/** What follows for drift when a run ends: a check is judged; after an apply the next check is planned. */
export function listenToRuns(context: DriftContext): RunListener {
  return {
    async runsChanged(tx, runs) {
      for (const run of runs) if (hasEnded(run.status)) await followEnd(tx, context, run);
    },
  };
}

async function followEnd(tx: Tx, context: DriftContext, run: RunRecord): Promise<void> {
  const { organizationId, workspace } = run;
  if (run.kind === "drift")
    await addTask(tx, judgeCheckTask, { organizationId, runId: run.id }, { queue: `drift/${workspace.id}` });
  if (run.kind !== "apply" || run.status !== "finished") return;
  const now = context.clock.now();
  const open = await findCases(tx, { workspaceId: workspace.id, open: true, limit: 1 });
  // An apply may have undone what a case is about: only a check can tell, so it comes at once.
  const next = open.length > 0 ? now : nextCheck(now, await intervalOf(tx, workspace.id), now);
  await setNextCheck(tx, workspace.id, run.destroy ? null : next);
}
