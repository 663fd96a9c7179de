import { ToolName } from "@plumbline/contract";
import { sql } from "kysely";
import type { ExpressionBuilder } from "kysely";
import type { Database, RunRow } from "../../platform/database/schema.gen.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { unappliedStates } from "../run.ts";
import type { RunRecord } from "../run.ts";
import { runFromRow, selectRuns } from "../run-row.ts";

/** Runs that wait, in the order in which they are looked at: as merged, then as made. */
export async function waitingRuns(tx: Tx): Promise<RunRecord[]> {
  const rows = await selectRuns(tx)
    .where("runs.status", "=", "waits")
    .orderBy("runs.merge_sequence")
    .orderBy("runs.number")
    .execute();
  return rows.map(runFromRow);
}

/** Which runs each of these needs. */
export async function needsOf(tx: Tx, runIds: readonly string[]): Promise<Map<string, string[]>> {
  const needs = new Map<string, string[]>();
  if (runIds.length === 0) return needs;
  const rows = await tx
    .selectFrom("run_dependencies")
    .select(["run_id", "needs_run_id"])
    .where("run_id", "in", [...runIds])
    .execute();
  for (const row of rows) needs.set(row.run_id, [...(needs.get(row.run_id) ?? []), row.needs_run_id]);
  return needs;
}

/** All apply runs of these pull requests, and all of these workspaces that have not ended well. */
export async function appliesAround(
  tx: Tx,
  pullRequestIds: readonly string[],
  workspaceIds: readonly string[],
): Promise<RunRecord[]> {
  if (workspaceIds.length === 0) return [];
  const rows = await selectRuns(tx)
    .where("runs.kind", "=", "apply")
    .where((where) =>
      where.or([
        where.and([
          where("runs.workspace_id", "in", [...workspaceIds]),
          where("runs.status", "in", [...unappliedStates]),
        ]),
        ...(pullRequestIds.length === 0 ? [] : [where("runs.pull_request_id", "in", [...pullRequestIds])]),
      ]),
    )
    .execute();
  return rows.map(runFromRow);
}

/** For each of these workspaces the merge sequence of its newest apply that finished. */
export async function newestFinished(tx: Tx, workspaceIds: readonly string[]): Promise<Map<string, number>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("runs")
    .select(({ fn }) => ["workspace_id", fn.max("merge_sequence").as("sequence")])
    .where("kind", "=", "apply")
    .where("status", "=", "finished")
    .where("workspace_id", "in", [...workspaceIds])
    .groupBy("workspace_id")
    .execute();
  return new Map(rows.map((row) => [row.workspace_id, Number(row.sequence ?? 0)]));
}

/** An engine that queued runs of an environment need. */
export interface QueuedEngine {
  environment: string;
  name: ToolName;
  constraint: string;
}

/** The engines that queued runs of matching environments need; a replay needs none. */
export async function queuedEngines(tx: Tx, patterns: readonly string[]): Promise<QueuedEngine[]> {
  const rows = await tx
    .selectFrom("runs")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "runs.organization_id")
        .onRef("workspaces.workspace_id", "=", "runs.workspace_id"),
    )
    .select(["workspaces.environment", "runs.engine_name as name", "runs.engine_constraint as constraint"])
    .distinct()
    .where("runs.status", "=", "queued")
    .where(sql<boolean>`workspaces.environment ~ any(${[...patterns]}::text[])`)
    .execute();
  return rows.flatMap(({ environment, name, constraint }) => {
    const known = ToolName.safeParse(name);
    return known.success && constraint !== null ? [{ environment, name: known.data, constraint }] : [];
  });
}

/**
 * The next run for environments that match these regular expressions: applies and plans before drift checks, those before most replays, else as queued.
 * Applies of a workspace that is frozen, or whose state somebody may still write, are passed over, and so are drift
 * checks of one that is being applied, and rows that another server is taking. Runs that need one of `otherEngines` are left to runners that have it. With `runId` only that run, locked until the commit; undefined where it is gone.
 */
export async function nextQueued(
  tx: Tx,
  patterns: readonly string[],
  otherEngines: readonly QueuedEngine[],
  runId?: string,
): Promise<RunRecord | undefined> {
  const row = await selectRuns(tx)
    .where("runs.status", "=", "queued")
    .where(sql<boolean>`workspaces.environment ~ any(${[...patterns]}::text[])`)
    .$if(runId !== undefined, (query) => query.where("runs.run_id", "=", runId ?? ""))
    .$if(otherEngines.length > 0, (query) =>
      query.where((where) =>
        where.not(
          where.or(
            otherEngines.map(({ environment, name, constraint }) =>
              where.and([
                where("runs.kind", "<>", "replay"),
                where("runs.engine_name", "is not distinct from", name),
                where("runs.engine_constraint", "is not distinct from", constraint),
                where("workspaces.environment", "=", environment),
              ]),
            ),
          ),
        ),
      ),
    )
    .where((where) =>
      where.or([
        where("runs.kind", "not in", ["apply", "drift"]),
        where.and([
          where("runs.kind", "=", "apply"),
          where("workspaces.frozen_at", "is", null),
          where.not(where.exists(openLeases(where))),
        ]),
        where.and([where("runs.kind", "=", "drift"), where.not(where.exists(runningApplies(where)))]),
      ]),
    )
    .orderBy(sql`case when runs.kind = 'drift' then 1 when runs.kind = 'replay' then ${turnOfReplays} else 0 end`)
    .orderBy("runs.created_at")
    .orderBy("runs.number")
    .limit(1)
    .forUpdate("runs")
    .skipLocked()
    .executeTakeFirst();
  return row && runFromRow(row);
}

/**
 * Replays come in their hundreds, with somebody waiting for the last of them: one of them now and then has its turn among
 * the drift checks, so that neither keeps the other from being done; the others take what is free.
 */
const turnOfReplays = sql`case when exists (
    select from runs as replays
    where replays.organization_id = runs.organization_id and replays.kind = 'replay'
      and (replays.status = 'running' or replays.finished_at > now() - interval '2 seconds')
  ) then 2 else 1 end`;

type Where = ExpressionBuilder<Database & { runs: RunRow }, "runs">;

function openLeases(where: Where) {
  return where
    .selectFrom("state_leases")
    .select("state_leases.epoch")
    .whereRef("state_leases.organization_id", "=", "runs.organization_id")
    .whereRef("state_leases.workspace_id", "=", "runs.workspace_id")
    .where("state_leases.ended_at", "is", null);
}

function runningApplies(where: Where) {
  return where
    .selectFrom("runs as applies")
    .select("applies.run_id")
    .whereRef("applies.organization_id", "=", "runs.organization_id")
    .whereRef("applies.workspace_id", "=", "runs.workspace_id")
    .where("applies.kind", "=", "apply")
    .where("applies.status", "=", "running");
}

/** How many runs of a repository are queued or running, by environment. */
export async function activeByEnvironment(tx: Tx, repository: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("runs as r")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "r.organization_id").onRef("w.workspace_id", "=", "r.workspace_id"),
    )
    .innerJoin("repositories as home", (join) =>
      join.onRef("home.organization_id", "=", "w.organization_id").onRef("home.repository_id", "=", "w.repository_id"),
    )
    .select(({ fn }) => ["w.environment", fn.countAll<number>().as("count")])
    .where("r.status", "in", ["queued", "running"])
    .where("home.name", "=", repository)
    .groupBy("w.environment")
    .execute();
  return new Map(rows.map(({ environment, count }) => [environment, Number(count)]));
}

/** How many runs each runner holds, and how many wait for one. */
export async function runnerLoad(tx: Tx): Promise<{ busy: Map<string, number>; queued: number }> {
  const rows = await tx
    .selectFrom("runs")
    .select(({ fn }) => ["runner_id", "status", fn.countAll<number>().as("count")])
    .where("status", "in", ["queued", "running"])
    .groupBy(["runner_id", "status"])
    .execute();
  const busy = new Map<string, number>();
  let queued = 0;
  for (const row of rows) {
    if (row.status === "queued") queued += Number(row.count);
    else if (row.runner_id !== null) busy.set(row.runner_id, (busy.get(row.runner_id) ?? 0) + Number(row.count));
  }
  return { busy, queued };
}
