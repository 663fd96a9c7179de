import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Tx } from "../../platform/database/pools.ts";
import { unappliedStates } from "../run.ts";
import type { Cutoffs } from "./retention.ts";

/** What of a run is pruned. */
export type PrunedPart = "log" | "plan";

/** A run of which something is pruned. */
export interface PrunableRun {
  id: string;
  number: number;
}

/**
 * Runs of which nobody needs that part any more, those that ended first at first, their rows locked until the commit; what
 * another server is pruning is passed over. Needed is everything of a run that has not ended, of a pull request that is
 * open or of whose merge something is still to be applied, of the run that a workspace was applied by last, and the newest
 * plan of a workspace, which new policies are tried on. The log of a drift check that a case names is the case's: it is as
 * old as the time since all such cases were closed. Checks that no case names are forgotten as a whole, and not here.
 */
export async function prunableRuns(tx: Tx, part: PrunedPart, before: Cutoffs, limit: number): Promise<PrunableRun[]> {
  const isOld = part === "log" ? hasOldLog(before) : hasOldPlan(before);
  const { rows } = await sql<PrunableRun>`
    with needed as materialized (
      select applied_run_id as run_id from workspaces
        where organization_id = plumbline_organization() and applied_run_id is not null
      union
      select a.planned_run_id from workspaces w
        join runs a on a.organization_id = w.organization_id and a.run_id = w.applied_run_id
        where w.organization_id = plumbline_organization() and a.planned_run_id is not null
      union
      select planned_run_id from runs
        where organization_id = plumbline_organization() and planned_run_id is not null
          and status in ('waits', 'queued', 'running', 'held', 'unknown')
      union
      select newest.run_id from workspaces w
        cross join lateral (
          select n.run_id from runs n
          join pull_requests o on o.organization_id = n.organization_id and o.pull_request_id = n.pull_request_id
          where o.status in ('open', 'merged') and n.organization_id = w.organization_id and n.workspace_id = w.workspace_id and n.kind in ('plan', 'apply')
            and n.status in ('finished', 'held') and n.plan_epoch is not null and not n.destroy
          order by n.number desc limit 1
        ) as newest
        where w.organization_id = plumbline_organization()
    ), of_closed_cases as materialized (
      select named.run_id, max(c.closed_at) as closed_at
      from drift_cases c
        cross join lateral unnest(array[c.opened_run_id, c.last_run_id, c.closed_run_id]) as named (run_id)
      where c.organization_id = plumbline_organization() and named.run_id is not null
      group by named.run_id
      having bool_and(c.status = 'closed')
    )
    select r.run_id as id, r.number
    from runs r
    left join pull_requests p on p.organization_id = r.organization_id and p.pull_request_id = r.pull_request_id
    left join of_closed_cases c on c.run_id = r.run_id
    where r.organization_id = plumbline_organization()
      and (r.kind <> 'drift' or c.closed_at is not null)
      and r.status in ('finished', 'failed', 'canceled', 'superseded', 'expired')
      and p.status is distinct from 'open'
      and not exists (
        select from runs o
        where o.organization_id = r.organization_id and o.pull_request_id = r.pull_request_id and o.kind = 'apply'
          and o.status in (${sql.join(unappliedStates)})
      )
      and r.run_id not in (select run_id from needed)
      and ${isOld}
    order by r.finished_at
    limit ${limit}
    for update of r skip locked`.execute(tx);
  return rows;
}

function hasOldLog({ log }: Cutoffs): RawBuilder<boolean> {
  return sql`r.log_pruned_at is null and coalesce(c.closed_at, r.finished_at) < ${log}::timestamptz and exists (
    select from run_events e where e.organization_id = r.organization_id and e.run_id = r.run_id)`;
}

/** An apply that was given the writing credential may have applied what it was to apply, however it ended. */
function hasOldPlan({ plan, appliedPlan }: Cutoffs): RawBuilder<boolean> {
  return sql`r.plan_pruned_at is null and r.kind <> 'drift'
    and r.finished_at < greatest(${plan}::timestamptz, ${appliedPlan}::timestamptz)
    and r.finished_at < (case when
        (r.kind = 'apply' and r.apply_started_at is not null) or exists (
          select from runs a
          where a.organization_id = r.organization_id and a.planned_run_id = r.run_id and a.kind = 'apply'
            and a.apply_started_at is not null)
        then ${appliedPlan}::timestamptz else ${plan}::timestamptz end)
    and (r.inputs_sealed is not null or r.planned_outputs_sealed is not null or exists (
      select from run_artifacts f
      where f.organization_id = r.organization_id and f.run_id = r.run_id and f.kind in ('plan', 'plan_json')))`;
}

/** Deletes the logs of these runs and says so of them. Answers how many events that were. */
export async function deleteLogs(tx: Tx, runs: readonly PrunableRun[], at: Date): Promise<number> {
  const ids = idsOf(runs);
  const { numDeletedRows } = await tx
    .deleteFrom("run_events")
    .where(sql<boolean>`run_id = any(${ids}::uuid[])`)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable("runs")
    .set({ log_pruned_at: at })
    .where(sql<boolean>`run_id = any(${ids}::uuid[])`)
    .execute();
  return Number(numDeletedRows);
}

/**
 * Deletes the plan files of these runs with everything sealed that belongs to them, and says so of them. A state that could
 * not be stored stays. Answers how many bytes the files had.
 */
export async function deletePlans(tx: Tx, runs: readonly PrunableRun[], at: Date): Promise<number> {
  const ids = idsOf(runs);
  const { rows } = await sql<{ bytes: number }>`
    with gone as (
      delete from run_artifacts
      where organization_id = plumbline_organization() and run_id = any(${ids}::uuid[]) and kind in ('plan', 'plan_json')
      returning size
    )
    select coalesce(sum(size), 0)::bigint as bytes from gone`.execute(tx);
  await tx
    .updateTable("runs")
    .set({ plan_pruned_at: at, inputs_sealed: null, planned_outputs_sealed: null })
    .where(sql<boolean>`run_id = any(${ids}::uuid[])`)
    .execute();
  return rows[0]?.bytes ?? 0;
}

function idsOf(runs: readonly PrunableRun[]): string[] {
  return runs.map(({ id }) => id);
}
