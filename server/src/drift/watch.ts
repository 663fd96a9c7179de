import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { workspaceName, workspacePath } from "@plumbline/contract/configuration/workspaces";
import { repeat } from "../runs/schedules.ts";
import type { Schedule } from "../runs/schedules.ts";
import { startDriftRun } from "../runs/starting/start-drift-run.ts";
import { insertAlarm } from "./alarm-store.ts";
import { dueWorkspaces, overdueWorkspaces, setNextCheck } from "./check-store.ts";
import { timeWords } from "./drift-case.ts";
import type { DriftContext } from "./drift-context.ts";
import { forgetChecks } from "./forget-checks.ts";

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

/** Raises an alarm for every check that was due longer ago than the grace time. A check that ends, ends its alarm. */
export async function raiseOverdueAlarms(context: DriftContext): Promise<number> {
  const now = context.clock.now();
  const before = new Date(now.getTime() - context.settings.graceSeconds * 1_000);
  const late = await context.db.systemTransaction((tx) => overdueWorkspaces(tx, before));
  for (const workspace of late)
    await context.db.transaction(workspace.organizationId, async (tx) => {
      const { organizationId, organization, workspaceId, environment, dueAt } = workspace;
      const name = workspaceName(workspace.component, environment);
      if (!(await insertAlarm(tx, organizationId, { id: context.newId(), workspaceId, dueAt, raisedAt: now }))) return;
      await context.notify(tx, organizationId, {
        event: "check_overdue",
        subject: `${name} was not checked for drift in time`,
        body: `A check of ${name} is ${timeWords(now.getTime() - dueAt.getTime())} late. Whoever operates the installation looks whether a runner for ${environment} is there and free.`,
        link: workspacePath(name),
        recipients: [],
        environments: [environment],
        part: null,
      });
      await announce(tx, organizationId, [`workspace:${name}`, "overview"]);
      await recordAudit(tx, systemActor(organizationId, organization), {
        action: "overdue.raised",
        text: `a drift check of ${name} is ${timeWords(now.getTime() - dueAt.getTime())} late`,
        workspace: name,
        environment,
        details: { dueAt: dueAt.toISOString() },
      });
    });
  return late.length;
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
