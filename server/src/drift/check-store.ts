import type { Severity } from "@plumbline/contract";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** How a check ended. */
export interface CheckRecord {
  workspaceId: string;
  runId: string;
  checkedAt: Date;
  outcome: "clean" | "drifted" | "failed";
  severity: Severity | null;
  detail: string | null;
}

/** Notes a check once; false where it was noted before. */
export async function insertCheck(tx: Tx, organizationId: string, check: CheckRecord): Promise<boolean> {
  const row = await tx
    .insertInto("drift_checks")
    .values({
      organization_id: organizationId,
      workspace_id: check.workspaceId,
      run_id: check.runId,
      checked_at: check.checkedAt,
      outcome: check.outcome,
      severity: check.severity,
      detail: check.detail,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("run_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** When a check found the workspace as it was applied; null where none did. */
export async function lastCleanCheck(tx: Tx, workspaceId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom("drift_checks")
    .select("checked_at")
    .where("workspace_id", "=", workspaceId)
    .where("outcome", "=", "clean")
    .orderBy("checked_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.checked_at ?? null;
}

/** The newest check of each of these workspaces. */
export async function newestChecks(
  tx: Tx,
  workspaceIds: readonly string[],
): Promise<Map<string, Pick<CheckRecord, "outcome" | "detail">>> {
  if (workspaceIds.length === 0) return new Map();
  // One look into the index for each: a workspace has up to a week of checks.
  const { rows } = await sql<{ workspace_id: string } & Pick<CheckRecord, "outcome" | "detail">>`
    select wanted.workspace_id, newest.outcome, newest.detail from unnest(${[...workspaceIds]}::uuid[]) as wanted (workspace_id)
    cross join lateral (select outcome, detail from drift_checks
      where organization_id = plumbline_organization() and workspace_id = wanted.workspace_id
      order by checked_at desc limit 1) as newest`.execute(tx);
  return new Map(rows.map((row) => [row.workspace_id, { outcome: row.outcome, detail: row.detail }]));
}

/** A workspace whose check is due, or is overdue. */
export interface DueWorkspace {
  organizationId: string;
  organization: string;
  workspaceId: string;
  component: string;
  environment: string;
  dueAt: Date;
}

/** Workspaces whose check is due and not on its way; needs a system transaction. */
export async function dueWorkspaces(tx: Tx, now: Date, limit: number): Promise<DueWorkspace[]> {
  return due(tx)
    .where("workspaces.next_check_at", "<=", now)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("runs")
            .select("runs.run_id")
            .whereRef("runs.organization_id", "=", "workspaces.organization_id")
            .whereRef("runs.workspace_id", "=", "workspaces.workspace_id")
            .where("runs.kind", "=", "drift")
            .where("runs.status", "in", ["queued", "running"]),
        ),
      ),
    )
    .orderBy("workspaces.next_check_at")
    .limit(limit)
    .execute();
}

/** Workspaces whose check was due before a time and that have no open alarm; needs a system transaction. */
export async function overdueWorkspaces(tx: Tx, before: Date): Promise<DueWorkspace[]> {
  return due(tx)
    .where("workspaces.next_check_at", "<", before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("overdue_alarms")
            .select("overdue_alarms.alarm_id")
            .whereRef("overdue_alarms.organization_id", "=", "workspaces.organization_id")
            .whereRef("overdue_alarms.workspace_id", "=", "workspaces.workspace_id")
            .where("overdue_alarms.ended_at", "is", null),
        ),
      ),
    )
    .execute();
}

function due(tx: Tx) {
  return tx
    .selectFrom("workspaces")
    .innerJoin("organizations", "organizations.organization_id", "workspaces.organization_id")
    .select([
      "workspaces.organization_id as organizationId",
      "organizations.name as organization",
      "workspaces.workspace_id as workspaceId",
      "workspaces.component",
      "workspaces.environment",
    ])
    .select(sql<Date>`workspaces.next_check_at`.as("dueAt"))
    .where("workspaces.applied_run_id", "is not", null);
}

/** Sets when a workspace is looked at next (null: not at all). */
export async function setNextCheck(tx: Tx, workspaceId: string, next: Date | null): Promise<void> {
  await tx.updateTable("workspaces").set({ next_check_at: next }).where("workspace_id", "=", workspaceId).execute();
}

/** Notes on the workspace how its newest check ended, and sets when it is looked at next. */
export async function noteCheck(
  tx: Tx,
  workspaceId: string,
  { next, at, failed }: { next: Date; at: Date; failed: boolean },
): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({ next_check_at: next, check_failed: failed, ...(failed ? {} : { verified_at: at }) })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** Seconds between two checks of a workspace. */
export async function intervalOf(tx: Tx, workspaceId: string): Promise<number> {
  const row = await tx
    .selectFrom("workspaces")
    .select("drift_every_seconds as seconds")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.seconds;
}

/** Deletes what was noted of these runs. */
export async function deleteChecks(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length > 0)
    await tx
      .deleteFrom("drift_checks")
      .where("run_id", "in", [...runIds])
      .execute();
}
