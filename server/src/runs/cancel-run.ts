import { problem, runCan } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { releaseRuns } from "./queue/release-runs.ts";
import type { RunRecord } from "./run.ts";
import { runSeenBy } from "./run-seen-by.ts";
import { changeRun, lockQueue, lockRun, moveRun } from "./run-store.ts";
import type { RunsContext } from "./runs-context.ts";
import { tellOfRun } from "./tell-of-run.ts";

/** Whoever may operate an environment may stop its runs; a plan also who may propose to it. */
export function mayCancel(actor: Actor, run: Pick<RunRecord, "kind" | "workspace">): boolean {
  const { environment } = run.workspace;
  return (
    may(actor, "environment.operate", environment) ||
    (run.kind === "plan" && may(actor, "environment.propose", environment))
  );
}

/**
 * Stops a run: at once where no runner holds it, else it is asked to stop gracefully (an engine that applies gets one
 * SIGINT and ends what it is doing). Throws `wrong_status` where it has ended.
 */
export async function cancelRun(context: RunsContext, actor: Actor, number: number): Promise<void> {
  await context.db.transaction(actor.organizationId, async (tx) => {
    await lockQueue(tx, actor.organizationId);
    const run = await lockRun(tx, (await runSeenBy(tx, actor, number)).id);
    if (!mayCancel(actor, run)) authorize(actor, "environment.operate", run.workspace.environment);
    if (!runCan("cancel", run.status))
      throw problem("wrong_status", `Run ${number} is ${run.status}; there is nothing to stop.`);
    const now = context.clock.now();
    const reason = `Stopped by ${actor.name}.`;
    if (run.status === "running") {
      await changeRun(tx, run.id, { cancel_requested_at: run.cancelRequestedAt ?? now, reason });
      await tellOfRun(tx, context, { ...run, cancelRequestedAt: now, reason });
    } else {
      await tellOfRun(tx, context, await moveRun(tx, run, "canceled", { reason, finished_at: now }));
      await releaseRuns(tx, context, actor.organizationId);
    }
    await recordAudit(tx, actor, {
      action: "run.cancel_requested",
      text: `${actor.name} stopped run ${number} of ${run.workspace.name}`,
      workspace: run.workspace.name,
      environment: run.workspace.environment,
      run: number,
      ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
      details: { status: run.status },
    });
  });
}
