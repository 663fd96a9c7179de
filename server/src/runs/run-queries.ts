import { planText } from "@plumbline/engine/plans/plan-text";
import type { PlanView, RunStatus } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import type { PlanDetails } from "./plan-queries.ts";
import { judgementsOfRuns, planDetailsOf } from "./plan-queries.ts";
import { unappliedStates } from "./run.ts";
import type { RunRecord } from "./run.ts";
import { runFromRow, selectRuns } from "./run-row.ts";

export type { PlanDetails } from "./plan-queries.ts";
export { planShapes } from "./plan-queries.ts";
export { runnerLoad } from "./queue/queue-store.ts";
export { queueOf } from "./starting/retry-run.ts";
export { findRuns, lockQueue, runById } from "./run-store.ts";
export type { RunRecord } from "./run.ts";

/** Runs of these pull requests, newest first. */
export async function runsOfPullRequests(tx: Tx, pullRequestIds: readonly string[]): Promise<RunRecord[]> {
  if (pullRequestIds.length === 0) return [];
  const rows = await selectRuns(tx)
    .where("runs.pull_request_id", "in", [...pullRequestIds])
    .orderBy("runs.number", "desc")
    .execute();
  return rows.map(runFromRow);
}

/** Apply runs of a repository that have not ended well, in the order of their merges. */
export async function unappliedRuns(tx: Tx, repositoryId: string): Promise<RunRecord[]> {
  const rows = await selectRuns(tx)
    .where("workspaces.repository_id", "=", repositoryId)
    .where("runs.kind", "=", "apply")
    .where("runs.status", "in", [...unappliedStates])
    .orderBy("runs.merge_sequence")
    .orderBy("runs.number")
    .execute();
  return rows.map(runFromRow);
}

/** Ids of the pull requests with such runs. */
export async function unappliedPullRequests(tx: Tx, repositoryId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("runs")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "runs.organization_id")
        .onRef("workspaces.workspace_id", "=", "runs.workspace_id"),
    )
    .select("runs.pull_request_id as id")
    .distinct()
    .where("workspaces.repository_id", "=", repositoryId)
    .where("runs.kind", "=", "apply")
    .where("runs.status", "in", [...unappliedStates])
    .execute();
  return rows.flatMap(({ id }) => id ?? []);
}

/** Statuses of all apply runs that have not ended well, by workspace. */
export async function unappliedStatuses(tx: Tx): Promise<Map<string, RunStatus[]>> {
  const rows = await tx
    .selectFrom("runs")
    .select(["workspace_id", "status"])
    .where("kind", "=", "apply")
    .where("status", "in", [...unappliedStates])
    .execute();
  const found = new Map<string, RunStatus[]>();
  for (const row of rows) found.set(row.workspace_id, [...(found.get(row.workspace_id) ?? []), row.status]);
  return found;
}

/** Findings of plans, and checks that could not judge, by run. */
export async function judgementsOf(
  tx: Tx,
  runIds: readonly string[],
): Promise<Map<string, Pick<PlanDetails, "findings" | "failures">>> {
  const judged = await judgementsOfRuns(tx, runIds);
  return new Map(runIds.map((id) => [id, judged.get(id) ?? { findings: [], failures: [] }]));
}

/** A run's plan for people, and as text. */
export async function planOf(tx: Tx, runId: string): Promise<{ view: PlanView | null; text: string | null }> {
  const { view } = await planDetailsOf(tx, runId);
  return { view, text: view === null ? null : planText(view) };
}

/**
 * Whether something was applied to a run's workspace since the run was made, while it waited or while it looked: what it
 * compares with is what was applied before.
 */
export async function applyOverlapped(tx: Tx, run: RunRecord): Promise<boolean> {
  if (run.startedAt === null) return false;
  const found = await tx
    .selectFrom("runs")
    .select("run_id")
    .where("workspace_id", "=", run.workspace.id)
    .where("kind", "=", "apply")
    .where((where) =>
      where.or([
        where("status", "=", "running"),
        where.and([
          where("status", "in", ["finished", "failed", "canceled"]),
          where("finished_at", ">", run.createdAt),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
