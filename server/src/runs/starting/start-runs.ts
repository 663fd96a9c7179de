import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "../queue/approved-plan.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import type { RunRecord } from "../run.ts";
import { findRuns, insertRun, lockQueue, moveRun, runsById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { stuckBefore } from "../queue/supersede.ts";
import { tellOfRun } from "../tell-of-run.ts";

/** A workspace to be planned for a patch set. */
export interface PlanRequest {
  workspaceId: string;
  pullRequestId: string;
  patchSetId: string;
  codeCommit: string;
  valuesCommit: string;
  destroy: boolean;
  /** The environment's place in the order of promotion. */
  stage: number;
  /** Upstream workspaces that the same patch set changes. */
  needs: readonly string[];
}

/** Makes a plan run for each; a run whose upstreams are planned too waits for them. Answers them by workspace. */
export async function startPlanRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  requests: readonly PlanRequest[],
): Promise<Map<string, { runId: string; number: number }>> {
  await lockQueue(tx, organizationId);
  const started = new Map<string, { runId: string; number: number }>();
  if (requests.length === 0) return started;
  const first = await nextNumber(tx, organizationId, "run", requests.length);
  const numbered = inOrder(requests);
  numbered.forEach((request, index) =>
    started.set(request.workspaceId, { runId: context.newId(), number: first + index }),
  );
  const earlier = await earlierPlans(tx, requests, started);
  for (const request of numbered) {
    const own = started.get(request.workspaceId);
    if (own === undefined) continue;
    await insertRun(tx, organizationId, {
      ...request,
      id: own.runId,
      number: own.number,
      kind: "plan",
      status: "waits",
      mergeSequence: null,
      planned: null,
      createdAt: context.clock.now(),
      needs: request.needs.flatMap((id) => started.get(id)?.runId ?? earlier.get(id) ?? []),
    });
  }
  await releaseRuns(tx, context, organizationId);
  return started;
}

/** Plans of the same patch set for upstreams that are not planned again now. */
async function earlierPlans(
  tx: Tx,
  requests: readonly PlanRequest[],
  started: ReadonlyMap<string, unknown>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const patchSetId of new Set(requests.map((request) => request.patchSetId)))
    for (const run of await findRuns(tx, { patchSetId, kind: "plan" }))
      if (!started.has(run.workspace.id) && !found.has(run.workspace.id)) found.set(run.workspace.id, run.id);
  return found;
}

/** A workspace to be applied after a merge. */
export interface ApplyRequest {
  workspaceId: string;
  /** The plan that was approved; null where none could be made before the merge. */
  plannedRunId: string | null;
  codeCommit: string;
  valuesCommit: string;
  stage: number;
  /** Workspaces of the same merge that must be applied before. */
  needs: readonly string[];
  destroy: boolean;
}

/**
 * Makes the apply runs of a merge. What is stuck in their workspaces from earlier merges is superseded, and so are the
 * pull request's plan runs that never came to a plan. Answers the runs by workspace.
 */
export async function startApplyRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  merge: { pullRequestId: string; patchSetId: string; mergeSequence: number; workspaces: readonly ApplyRequest[] },
): Promise<Map<string, { runId: string; number: number }>> {
  await lockQueue(tx, organizationId);
  await supersedeStuck(
    tx,
    context,
    merge.workspaces.map((request) => request.workspaceId),
  );
  await supersedePlans(tx, context, merge.pullRequestId);
  const started = new Map<string, { runId: string; number: number }>();
  if (merge.workspaces.length === 0) return started;
  const first = await nextNumber(tx, organizationId, "run", merge.workspaces.length);
  const ordered = inOrder(merge.workspaces);
  ordered.forEach((request, index) =>
    started.set(request.workspaceId, { runId: context.newId(), number: first + index }),
  );
  const plannedIds = ordered.flatMap((request) => request.plannedRunId ?? []);
  const planned = new Map((await runsById(tx, plannedIds)).map((run) => [run.id, run]));
  for (const request of ordered) {
    const own = started.get(request.workspaceId);
    if (own === undefined) continue;
    const plan = request.plannedRunId === null ? undefined : planned.get(request.plannedRunId);
    await insertRun(tx, organizationId, {
      id: own.runId,
      number: own.number,
      kind: "apply",
      status: "waits",
      workspaceId: request.workspaceId,
      pullRequestId: merge.pullRequestId,
      patchSetId: merge.patchSetId,
      codeCommit: request.codeCommit,
      valuesCommit: request.valuesCommit,
      destroy: request.destroy,
      mergeSequence: merge.mergeSequence,
      stage: request.stage,
      planned: plan === undefined ? null : approvedPlanOf(plan),
      createdAt: context.clock.now(),
      needs: request.needs.flatMap((id) => started.get(id)?.runId ?? []),
    });
  }
  await releaseRuns(tx, context, organizationId);
  return started;
}

async function supersedeStuck(tx: Tx, context: RunsContext, workspaceIds: readonly string[]): Promise<void> {
  for (const run of await stuckBefore(tx, workspaceIds))
    await supersede(tx, context, run, "A later merge took its place.");
}

async function supersedePlans(tx: Tx, context: RunsContext, pullRequestId: string): Promise<void> {
  for (const run of await findRuns(tx, { pullRequestId, kind: "plan", status: ["waits", "queued"] }))
    await supersede(tx, context, run, "The pull request is merged; it is planned when it is applied.");
}

async function supersede(tx: Tx, context: RunsContext, run: RunRecord, reason: string): Promise<void> {
  await tellOfRun(tx, context, await moveRun(tx, run, "superseded", { reason, finished_at: context.clock.now() }));
}

/** Upstreams before what needs them, so that numbers rise in the order of work. */
function inOrder<Request extends { workspaceId: string; stage: number; needs: readonly string[] }>(
  requests: readonly Request[],
): Request[] {
  const left = requests.toSorted((one, other) => one.stage - other.stage);
  const ordered: Request[] = [];
  const open = new Set(left.map((request) => request.workspaceId));
  while (left.length > 0) {
    const free = left.findIndex((request) => request.needs.every((id) => !open.has(id) || id === request.workspaceId));
    const [next] = left.splice(Math.max(free, 0), 1);
    if (next === undefined) break;
    ordered.push(next);
    open.delete(next.workspaceId);
  }
  return ordered;
}
