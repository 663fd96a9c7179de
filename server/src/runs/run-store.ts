import type { RunKind, RunStatus } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Updateable } from "kysely";
import { sql } from "kysely";
import type { RunRow } from "../platform/database/schema.gen.ts";
import type { Tx } from "../platform/database/pools.ts";
import { inChunks, recordSet } from "../platform/database/record-set.ts";
import { numberOfWord } from "../platform/database/search-words.ts";
import { requireTransition } from "./run.ts";
import type { ApprovedPlan, RunRecord } from "./run.ts";
import { runFromRow, selectRuns } from "./run-row.ts";

/** What a new run is made of. */
export interface NewRun {
  id: string;
  number: number;
  kind: RunKind;
  workspaceId: string;
  pullRequestId: string | null;
  patchSetId: string | null;
  status: "waits" | "queued";
  codeCommit: string;
  valuesCommit: string;
  destroy: boolean;
  mergeSequence: number | null;
  stage: number;
  planned: ApprovedPlan | null;
  createdAt: Date;
  needs: readonly string[];
  /** Of a replay: whose policies judge. */
  rulesCommit?: string;
}

/**
 * One after the other: whatever changes which runs may go takes this before it touches a row, so that two ends at the
 * same moment cannot both miss what the other one frees. Held until the commit.
 */
export async function lockQueue(tx: Tx, organizationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`runs/${organizationId}`}, 0))`.execute(tx);
}

/** Adds runs and what they need. */
export async function insertRuns(tx: Tx, organizationId: string, runs: readonly NewRun[]): Promise<void> {
  for (const some of inChunks(runs)) {
    const rows = recordSet(
      some.map((run) => ({
        organization_id: organizationId,
        run_id: run.id,
        number: run.number,
        kind: run.kind,
        workspace_id: run.workspaceId,
        pull_request_id: run.pullRequestId,
        patch_set_id: run.patchSetId,
        status: run.status,
        code_commit: run.codeCommit,
        values_commit: run.valuesCommit,
        destroy: run.destroy,
        merge_sequence: run.mergeSequence,
        stage: run.stage,
        planned_run_id: run.planned?.runId ?? null,
        planned: run.planned,
        rules_commit: run.rulesCommit ?? null,
        created_at: run.createdAt,
      })),
    );
    await sql`insert into runs (${rows.columns}) select ${rows.columns}
      from jsonb_populate_recordset(null::runs, ${rows.text}::jsonb)`.execute(tx);
  }
  const needs = runs.flatMap(({ id, needs }) =>
    needs.map((needed) => ({ organization_id: organizationId, run_id: id, needs_run_id: needed })),
  );
  for (const some of inChunks(needs)) {
    const rows = recordSet(some);
    await sql`insert into run_dependencies (${rows.columns}) select ${rows.columns}
      from jsonb_populate_recordset(null::run_dependencies, ${rows.text}::jsonb)`.execute(tx);
  }
}

/** The run with that id. Throws `not_found`. */
export async function runById(tx: Tx, runId: string): Promise<RunRecord> {
  const row = await selectRuns(tx).where("runs.run_id", "=", runId).executeTakeFirst();
  if (row === undefined) throw problem("not_found", "There is no such run.");
  return runFromRow(row);
}

/** The same, its row locked until the commit. */
export async function lockRun(tx: Tx, runId: string): Promise<RunRecord> {
  const row = await selectRuns(tx).where("runs.run_id", "=", runId).forUpdate("runs").executeTakeFirst();
  if (row === undefined) throw problem("not_found", "There is no such run.");
  return runFromRow(row);
}

/** Runs with these ids, in no order, their rows locked until the commit. */
export async function lockRuns(tx: Tx, runIds: readonly string[]): Promise<RunRecord[]> {
  const rows = await selectRuns(tx)
    .where(sql<boolean>`runs.run_id = any(${[...runIds]}::uuid[])`)
    .orderBy("runs.run_id")
    .forUpdate("runs")
    .execute();
  return rows.map(runFromRow);
}

/** The run with that number. Throws `not_found`. */
export async function runByNumber(tx: Tx, number: number): Promise<RunRecord> {
  const row = await selectRuns(tx).where("runs.number", "=", number).executeTakeFirst();
  if (row === undefined) throw problem("not_found", `There is no run ${number}.`);
  return runFromRow(row);
}

/** The environments of the runs with these numbers, by number. */
export async function environmentsOfRuns(tx: Tx, numbers: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom("runs")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "runs.organization_id")
        .onRef("workspaces.workspace_id", "=", "runs.workspace_id"),
    )
    .select(["runs.number", "workspaces.environment"])
    .where(sql<boolean>`runs.number = any(${[...numbers]}::bigint[])`)
    .execute();
  return new Map(rows.map(({ number, environment }) => [number, environment]));
}

/** Runs with these ids, in no order. */
export async function runsById(tx: Tx, runIds: readonly string[]): Promise<RunRecord[]> {
  if (runIds.length === 0) return [];
  const rows = await selectRuns(tx)
    .where("runs.run_id", "in", [...runIds])
    .execute();
  return rows.map(runFromRow);
}

/** What to look for. */
export interface RunFilter {
  kind?: RunKind | undefined;
  status?: readonly RunStatus[] | undefined;
  workspaceId?: string | undefined;
  workspaceIds?: readonly string[] | undefined;
  /** Name of the repository. */
  repository?: string | undefined;
  environment?: string | undefined;
  /** Regular expressions, one of which the environment's name matches. */
  environments?: readonly string[] | undefined;
  pullRequestId?: string | undefined;
  pullRequestIds?: readonly string[] | undefined;
  pullRequest?: number | undefined;
  /** Words, each of which the workspace's name holds, or is the run's number. */
  words?: readonly string[] | undefined;
  patchSetId?: string | undefined;
  /** Numbers below this one. */
  before?: number | undefined;
  limit?: number | undefined;
}

/** Runs, newest first. */
export async function findRuns(tx: Tx, filter: RunFilter): Promise<RunRecord[]> {
  let query = selectRuns(tx).orderBy("runs.number", "desc");
  if (filter.kind !== undefined) query = query.where("runs.kind", "=", filter.kind);
  if (filter.status !== undefined) query = query.where("runs.status", "in", [...filter.status]);
  if (filter.workspaceId !== undefined) query = query.where("runs.workspace_id", "=", filter.workspaceId);
  if (filter.workspaceIds !== undefined)
    query = query.where(sql<boolean>`runs.workspace_id = any(${[...filter.workspaceIds]}::uuid[])`);
  if (filter.repository !== undefined)
    query = query.where((where) =>
      where(
        "workspaces.repository_id",
        "=",
        where
          .selectFrom("repositories")
          .select("repository_id")
          .where("name", "=", filter.repository ?? ""),
      ),
    );
  if (filter.environment !== undefined) query = query.where("workspaces.environment", "=", filter.environment);
  if (filter.environments !== undefined)
    query = query.where(sql<boolean>`workspaces.environment ~ any(${[...filter.environments]}::text[])`);
  if (filter.pullRequestId !== undefined) query = query.where("runs.pull_request_id", "=", filter.pullRequestId);
  if (filter.pullRequestIds !== undefined)
    query = query.where(sql<boolean>`runs.pull_request_id = any(${[...filter.pullRequestIds]}::uuid[])`);
  if (filter.pullRequest !== undefined) query = query.where("pull_requests.number", "=", filter.pullRequest);
  for (const word of filter.words ?? [])
    // The sub-select is hashed once; no run's workspace has to be looked at.
    query = query.where(
      sql<boolean>`(runs.number = ${numberOfWord(word) ?? 0} or runs.workspace_id in (select workspace_id from workspaces
        where position(${word} in lower(component || '/' || environment)) > 0))`,
    );
  if (filter.patchSetId !== undefined) query = query.where("runs.patch_set_id", "=", filter.patchSetId);
  if (filter.before !== undefined) query = query.where("runs.number", "<", filter.before);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).map(runFromRow);
}

/** What else may change together with a run's status. */
export type RunChanges = Omit<Updateable<RunRow>, "organization_id" | "run_id" | "status" | "number" | "kind">;

/**
 * Moves a run to another status along `runTransitions`, with what changes beside it, and answers it as it is then.
 * Throws `wrong_status` for every other arrow.
 */
export async function moveRun(tx: Tx, run: RunRecord, to: RunStatus, changes: RunChanges = {}): Promise<RunRecord> {
  requireTransition(run, to);
  await tx
    .updateTable("runs")
    .set({ ...changes, status: to, waits_for: to === "waits" ? (changes.waits_for ?? null) : null })
    .where("run_id", "=", run.id)
    .execute();
  return runById(tx, run.id);
}

/** Changes a run without moving it. */
export async function changeRun(tx: Tx, runId: string, changes: RunChanges): Promise<void> {
  await tx.updateTable("runs").set(changes).where("run_id", "=", runId).execute();
}

/** What may change of many runs at once. */
export type CommonChanges = Pick<
  RunChanges,
  | "reason"
  | "waits_for"
  | "finished_at"
  | "cancel_requested_at"
  | "engine_name"
  | "engine_constraint"
  | "inputs_sealed"
  | "input_repositories"
  | "inputs_digest"
  | "provisional"
  | "planned_run_id"
  | "hold_required"
  | "held_at"
  | "decision"
> & { planned?: ApprovedPlan };

/** A run and what changes of it. */
export interface RunChange {
  run: RunRecord;
  changes: CommonChanges;
}

/** Moves many runs to one status, each with what changes beside it, and answers them as they are then, in that order. */
export async function moveRuns(tx: Tx, moves: readonly RunChange[], to: RunStatus): Promise<RunRecord[]> {
  for (const { run } of moves) requireTransition(run, to);
  await writeRows(
    tx,
    moves.map(({ run, changes }) => ({ waits_for: null, ...changes, status: to, run_id: run.id })),
  );
  const moved = new Map(
    (
      await runsById(
        tx,
        moves.map(({ run }) => run.id),
      )
    ).map((run) => [run.id, run]),
  );
  return moves.flatMap(({ run }) => moved.get(run.id) ?? []);
}

/** Changes many runs without moving them. */
export async function changeRuns(tx: Tx, changed: readonly RunChange[]): Promise<void> {
  await writeRows(
    tx,
    changed.map(({ run, changes }) => ({ ...changes, run_id: run.id })),
  );
}

/** One statement for rows that change in the same columns. */
async function writeRows(tx: Tx, rows: readonly (CommonChanges & { run_id: string })[]): Promise<void> {
  for (const alike of Map.groupBy(rows, (row) => Object.keys(row).toSorted().join()).values())
    for (const some of inChunks(alike)) {
      const { text, names } = recordSet(some);
      const columns = names.filter((name) => name !== "run_id");
      const set = columns.map((name) => sql`${sql.ref(name)} = changed.${sql.ref(name)}`);
      await sql`update runs set ${sql.join(set)} from jsonb_populate_recordset(null::runs, ${text}::jsonb) as changed
        where runs.run_id = changed.run_id and runs.organization_id = plumbline_organization()`.execute(tx);
    }
}
