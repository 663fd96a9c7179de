import { repeat } from "../runs/schedules.ts";
import type { Schedule } from "../runs/schedules.ts";
import { startDriftRun } from "../runs/starting/start-drift-run.ts";
import { dueWorkspaces, setNextCheck } from "./check-store.ts";
import type { DriftContext } from "./drift-context.ts";
import { forgetChecks } from "./forget-checks.ts";
import { raiseOverdueAlarms } from "./raise-overdue-alarms.ts";

const atOnce = 100;

/** Seconds after which a check is tried again that an apply was in the way of. */
const afterApply = 5;

/** Starts the checks that are due. Several servers may do so at once: a workspace has one check at a time. */
export async function startDueChecks(context: DriftContext): Promise<number> {
  const now = context.clock.now();
  const due = await context.db.systemTransaction((tx) => dueWorkspaces(tx, now, atOnce));
  for (const { organizationId, workspaceId } of due)
    await context.db.transaction(organizationId, async (tx) => {
      const run = await startDriftRun(tx, context.runs, organizationId, workspaceId);
      // While something is applied there is nothing to compare with; that is not a check that was missed.
      if (run === undefined) await setNextCheck(tx, workspaceId, new Date(now.getTime() + afterApply * 1_000));
    });
  return due.length;
}

/**
 * Watches all workspaces of all organizations. After a start (or without the database) checks get the grace time before
 * they count as overdue: they may have become due while nobody could start them.
 */
export function watchDrift(context: DriftContext): Schedule {
  const grace = context.settings.graceSeconds * 1_000;
  let patientUntil = context.clock.now().getTime() + grace;
  const checks = repeat(() => startDueChecks(context), { seconds: 1, name: "drift checks", log: context.log });
  const alarms = repeat(
    async () => {
      if (context.clock.now().getTime() >= patientUntil) await raiseOverdueAlarms(context);
    },
    {
      seconds: 5,
      name: "overdue checks",
      log: context.log,
      failed: () => (patientUntil = context.clock.now().getTime() + grace),
    },
  );
  const forgetting = repeat(() => forgetChecks(context), {
    seconds: 3_600,
    name: "old drift checks",
    log: context.log,
  });
  return {
    async stop() {
      await Promise.all([checks.stop(), alarms.stop(), forgetting.stop()]);
    },
  };
}
