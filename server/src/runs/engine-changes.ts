import type { EngineChange } from "@plumbline/contract/engine-change";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/**
 * Which of these runs ask for, or got, another engine than the run that was applied to their workspace before them; runs
 * of a workspace that nothing was applied to are not in it.
 */
export async function engineChanges(tx: Tx, runIds: readonly string[]): Promise<Map<string, EngineChange>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    name: string;
    constraint: string | null;
    version: string | null;
    oldName: string;
    oldConstraint: string | null;
    oldVersion: string | null;
  }>`
    select runs.run_id as id, runs.engine_name as name, runs.engine_constraint as constraint,
      coalesce(runs.engine_version, runs_plan.engine_version) as version,
      applied.engine_name as "oldName", applied.engine_constraint as "oldConstraint", applied.version as "oldVersion"
    from runs
    left join runs runs_plan on runs_plan.organization_id = runs.organization_id and runs_plan.run_id = runs.planned_run_id
    cross join lateral (
      -- A run that applies the bytes of another's plan reports no engine of its own.
      select a.engine_name, a.engine_constraint, coalesce(a.engine_version, p.engine_version) as version
      from runs a
      left join runs p on p.organization_id = a.organization_id and p.run_id = a.planned_run_id
      where a.organization_id = runs.organization_id and a.workspace_id = runs.workspace_id
        and a.kind = 'apply' and a.status = 'finished' and a.number < runs.number
      order by a.number desc
      limit 1
    ) applied
    where runs.organization_id = plumbline_organization() and runs.run_id = any(${[...runIds]}::uuid[])
      and runs.engine_name is not null and applied.engine_name is not null`.execute(tx);
  return new Map(
    rows.flatMap((row): [string, EngineChange][] => {
      const from = { name: row.oldName, constraint: row.oldConstraint ?? "", version: row.oldVersion };
      const to = { name: row.name, constraint: row.constraint ?? "", version: row.version };
      const isOther =
        from.name !== to.name ||
        from.constraint !== to.constraint ||
        (from.version !== null && to.version !== null && from.version !== to.version);
      return isOther ? [[row.id, { from, to }]] : [];
    }),
  );
}
