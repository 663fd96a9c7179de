import type { AuditAction } from "@plumbline/contract";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { nextNumber } from "../organizations/numbers.ts";
import type { Tx } from "../platform/database/pools.ts";
import { announce } from "../platform/live.ts";
import { forgetArtifacts } from "../runs/forget-runs.ts";
import { applyOverlapped } from "../runs/run-queries.ts";
import type { RunRecord } from "../runs/run.ts";
import { endAlarm } from "./alarm-store.ts";
import { changeCase, findCases, insertCase } from "./case-store.ts";
import { insertCheck, intervalOf, lastCleanCheck, noteCheck, setNextCheck } from "./check-store.ts";
import type { FoundDrift } from "./describe-drift.ts";
import type { DriftCaseRecord } from "./drift-case.ts";
import { standing, timeWords } from "./drift-case.ts";
import type { DriftContext } from "./drift-context.ts";

/** What a check found; `failed` says why it could not look. */
export interface CheckResult {
  found: FoundDrift | undefined;
  failed: string | null;
  owners: string[];
}

/** Notes a check and what follows: a case is opened, goes on, or is closed by a check that finds nothing. */
export async function recordCheck(tx: Tx, context: DriftContext, run: RunRecord, result: CheckResult): Promise<void> {
  const { workspace, organizationId } = run;
  const now = context.clock.now();
  const outcome = result.failed !== null ? "failed" : result.found === undefined ? "clean" : "drifted";
  if (await applyOverlapped(tx, run)) return setNextCheck(tx, workspace.id, now); // it saw neither before nor after
  const cleanBefore = await lastCleanCheck(tx, workspace.id);
  const isNew = await insertCheck(tx, organizationId, {
    workspaceId: workspace.id,
    runId: run.id,
    checkedAt: now,
    outcome,
    severity: result.found?.severity ?? null,
    detail: result.failed,
  });
  if (!isNew) return;
  await forgetArtifacts(tx, run.id); // what it found is kept; a plan every few seconds is not
  const next = nextCheck(run.createdAt, await intervalOf(tx, workspace.id), now);
  await noteCheck(tx, workspace.id, { next, at: now, failed: outcome === "failed" });
  const [open] = await findCases(tx, { workspaceId: workspace.id, open: true, limit: 1 });
  const dueSince = outcome === "failed" ? undefined : await endAlarm(tx, workspace.id, now);
  await announce(tx, organizationId, [
    `workspace:${workspace.name}`,
    "overview",
    ...(open === undefined ? [] : [`drift-case:${open.number}`]),
  ]);
  if (dueSince !== undefined) await auditAlarmEnd(tx, run, dueSince, now);
  if (result.found !== undefined && open === undefined)
    await openCase(tx, context, run, result, result.found, cleanBefore);
  if (result.found !== undefined && open !== undefined) await continueCase(tx, context, run, open, result.found);
  if (outcome === "clean" && open !== undefined) await closeCase(tx, context, run, open);
}

/** The next check comes one interval after this one began, a little earlier so that not all come at once. */
export function nextCheck(began: Date, everySeconds: number, now: Date): Date {
  const jitter = 1 - 0.1 * Math.random();
  return new Date(Math.max(began.getTime() + everySeconds * 1_000 * jitter, now.getTime() + 1_000));
}

async function openCase(
  tx: Tx,
  context: DriftContext,
  run: RunRecord,
  { owners }: CheckResult,
  found: FoundDrift,
  lastCleanAt: Date | null,
): Promise<void> {
  const { workspace, organizationId } = run;
  const now = context.clock.now();
  const number = await nextNumber(tx, organizationId, "drift_case");
  const text = `Run ${run.number} found: ${found.title}`;
  await insertCase(tx, organizationId, {
    id: context.newId(),
    number,
    workspaceId: workspace.id,
    severity: found.severity,
    title: found.title,
    lastCleanAt,
    openedAt: now,
    resources: found.resources,
    findings: found.findings,
    owners,
    timeline: [{ at: now.toISOString(), text, actor: "plumbline" }],
    runId: run.id,
  });
  const since =
    lastCleanAt === null ? "" : ` ${timeWords(now.getTime() - lastCleanAt.getTime())} before, nothing differed.`;
  await context.notify(tx, organizationId, {
    event: "drift_opened",
    subject: `${found.severity}: ${found.title} (${workspace.name})`,
    body: `${found.title} in ${workspace.name}; that was not done through Plumbline.${since} Whoever may propose to ${workspace.environment} opens the pull request that undoes it.`,
    link: `/drift/${number}`,
    recipients: await context.peopleNamed(tx, owners),
    environments: [workspace.environment],
    part: null,
  });
  await announce(tx, organizationId, [`drift-case:${number}`]);
  await auditCase(tx, run, number, "drift_case.opened", `case ${number} opened for ${workspace.name}: ${found.title}`, {
    severity: found.severity,
    resources: found.resources.map(({ address, action }) => `${address} ${action}`),
    owners,
  });
}

async function continueCase(
  tx: Tx,
  context: DriftContext,
  run: RunRecord,
  open: DriftCaseRecord,
  found: FoundDrift,
): Promise<void> {
  const now = context.clock.now();
  const same = JSON.stringify(open.resources) === JSON.stringify(found.resources) && open.severity === found.severity;
  const seen = { status: standing(open), lastSeenAt: now, lastRunId: run.id };
  if (same) return changeCase(tx, open.id, seen);
  const entry = { at: now.toISOString(), text: `Run ${run.number} found: ${found.title}`, actor: "plumbline" };
  await changeCase(tx, open.id, {
    ...seen,
    severity: found.severity,
    title: found.title,
    resources: found.resources,
    findings: found.findings,
    timeline: [...open.timeline, entry],
  });
  const text = `case ${open.number} of ${run.workspace.name} changed: ${found.title}`;
  await auditCase(tx, run, open.number, "drift_case.changed", text, {
    severity: found.severity,
    resources: found.resources.map(({ address, action }) => `${address} ${action}`),
  });
}

async function closeCase(tx: Tx, context: DriftContext, run: RunRecord, open: DriftCaseRecord): Promise<void> {
  const now = context.clock.now();
  const entry = { at: now.toISOString(), text: `Run ${run.number} found nothing any more`, actor: "plumbline" };
  await changeCase(tx, open.id, {
    status: "closed",
    closedAt: now,
    closedRunId: run.id,
    lastRunId: run.id,
    timeline: [...open.timeline, entry],
  });
  await context.notify(tx, run.organizationId, {
    event: "drift_closed",
    subject: `${run.workspace.name} is in line again`,
    body: `${open.title}: run ${run.number} found nothing of it any more, so case ${open.number} is closed.`,
    link: `/drift/${open.number}`,
    recipients: await context.peopleNamed(tx, open.owners),
    environments: [run.workspace.environment],
    part: null,
  });
  await auditCase(
    tx,
    run,
    open.number,
    "drift_case.closed",
    `case ${open.number} of ${run.workspace.name} closed: a check found nothing`,
    {
      openedAt: open.openedAt.toISOString(),
    },
  );
}

async function auditCase(
  tx: Tx,
  run: RunRecord,
  driftCase: number,
  action: AuditAction,
  text: string,
  details: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, systemActor(run.organizationId, ""), {
    action,
    text,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    details: { driftCase, ...details },
  });
}

async function auditAlarmEnd(tx: Tx, run: RunRecord, dueSince: Date, now: Date): Promise<void> {
  await recordAudit(tx, systemActor(run.organizationId, ""), {
    action: "overdue.ended",
    text: `${run.workspace.name} was checked again; a check was ${timeWords(now.getTime() - dueSince.getTime())} late`,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    details: { dueAt: dueSince.toISOString() },
  });
}
