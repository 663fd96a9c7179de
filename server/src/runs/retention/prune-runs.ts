import { formatDuration } from "@plumbline/contract/configuration/duration";
import { systemActor } from "../../access/actor.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { allOrganizations } from "../../organizations/find-organization.ts";
import type { Tx } from "../../platform/database/pools.ts";
import type { RunsContext } from "../runs-context.ts";
import { deleteLogs, deletePlans, prunableRuns } from "./prune-store.ts";
import { cutoffsOf } from "./retention.ts";

/** As many runs are pruned in one transaction. */
const atOnce = 500;

/**
 * Takes away the logs and plan files that are older than they are to be kept, of all organizations. Counted is in whole
 * days of UTC, so that there is one sweep a day, however often it is called. Answers how many runs something was taken of.
 */
export async function pruneRuns(context: RunsContext): Promise<number> {
  let pruned = 0;
  for (const { id } of await allOrganizations(context.db))
    for (let left = true; left;) {
      const batch = await context.db.transaction(id, (tx) => pruneSome(tx, context, id));
      pruned += batch.logs + batch.plans;
      left = batch.logs === atOnce || batch.plans === atOnce;
    }
  return pruned;
}

/** One batch, with its entry in the audit log. */
async function pruneSome(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
): Promise<{ logs: number; plans: number }> {
  const now = context.clock.now();
  const before = cutoffsOf(context.settings.retention, now);
  const logs = before.log === null ? [] : await prunableRuns(tx, "log", before, atOnce);
  const hasPlans = before.plan !== null || before.appliedPlan !== null;
  const plans = hasPlans ? await prunableRuns(tx, "plan", before, atOnce) : [];
  if (logs.length + plans.length === 0) return { logs: 0, plans: 0 };
  const events = await deleteLogs(tx, logs, now);
  const bytes = await deletePlans(tx, plans, now);
  const { logSeconds, planSeconds, appliedPlanSeconds } = context.settings.retention;
  await recordAudit(tx, systemActor(organizationId, ""), {
    action: "run.pruned",
    text: `pruned ${said(logs.length, "log")} and the plan files of ${said(plans.length, "run")}, which were kept as long as retention says`,
    details: {
      logs: logs.map(({ number }) => number),
      events,
      plans: plans.map(({ number }) => number),
      bytes,
      retention: {
        logs: written(logSeconds),
        plans: written(planSeconds),
        appliedPlans: written(appliedPlanSeconds),
      },
    },
  });
  return { logs: logs.length, plans: plans.length };
}

function said(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** As the configuration has it. */
function written(seconds: number | null): string {
  return seconds === null ? "forever" : formatDuration(seconds);
}
