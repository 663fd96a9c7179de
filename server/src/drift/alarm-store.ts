import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Raises an alarm; false where one is open. */
export async function insertAlarm(
  tx: Tx,
  organizationId: string,
  alarm: { id: string; workspaceId: string; dueAt: Date; raisedAt: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto("overdue_alarms")
    .values({
      organization_id: organizationId,
      alarm_id: alarm.id,
      workspace_id: alarm.workspaceId,
      due_at: alarm.dueAt,
      raised_at: alarm.raisedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "workspace_id"]).where("ended_at", "is", null).doNothing(),
    )
    .returning("alarm_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a workspace's alarm; answers since when it was due, or undefined where there was none. */
export async function endAlarm(tx: Tx, workspaceId: string, at: Date): Promise<Date | undefined> {
  const row = await tx
    .updateTable("overdue_alarms")
    .set({ ended_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("ended_at", "is", null)
    .returning("due_at")
    .executeTakeFirst();
  return row?.due_at;
}

/** How many workspaces of an environment have checks that are overdue. */
export async function countOpenAlarms(tx: Tx, environment: string): Promise<number> {
  const row = await tx
    .selectFrom("overdue_alarms")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "overdue_alarms.organization_id")
        .onRef("workspaces.workspace_id", "=", "overdue_alarms.workspace_id"),
    )
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("overdue_alarms.ended_at", "is", null)
    .where("workspaces.environment", "=", environment)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Workspaces whose checks are overdue. */
export async function overdueIds(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("overdue_alarms").select("workspace_id").where("ended_at", "is", null).execute();
  return rows.map((row) => row.workspace_id);
}

/** Since when the checks of these workspaces are overdue. */
export async function openAlarms(tx: Tx, workspaceIds: readonly string[]): Promise<Map<string, Date>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("overdue_alarms")
    .select(["workspace_id", "due_at"])
    .where(sql<boolean>`workspace_id = any(${[...workspaceIds]}::uuid[])`)
    .where("ended_at", "is", null)
    .execute();
  return new Map(rows.map((row) => [row.workspace_id, row.due_at]));
}
