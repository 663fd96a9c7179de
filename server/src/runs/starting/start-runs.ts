import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvedPlanOf } from "../queue/approved-plan.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import { findRuns, insertRuns, lockQueue, runsById } from "../run-store.ts";
import type { NewRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { stuckBefore, supersedeThese } from "../queue/supersede.ts";

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
  await insertRuns(
    tx,
    organizationId,
    numbered.flatMap((request): NewRun[] => {
      const own = started.get(request.workspaceId);
      if (own === undefined) return [];
      return [
        {
          ...request,
          id: own.runId,
          number: own.number,
          kind: "plan",
          status: "waits",
          mergeSequence: null,
          planned: null,
          createdAt: context.clock.now(),
          needs: request.needs.flatMap((id) => started.get(id)?.runId ?? earlier.get(id) ?? []),
        },
      ];
    }),
  );
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
interface ApplyRequest {
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

/** What a merge wants applied. */
export interface MergeApplies {
  pullRequestId: string;
  patchSetId: string;
  mergeSequence: number;
  workspaces: readonly ApplyRequest[];
}

/**
 * Makes the apply runs of a merge. What is stuck in their workspaces from earlier merges is superseded, and so are the
 * pull request's plan runs that never came to a plan. Answers the runs by workspace.
 */
export async function startApplyRuns(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  merge: MergeApplies,
): Promise<Map<string, { runId: string; number: number }>> {
  await lockQueue(tx, organizationId);
  const workspaceIds = merge.workspaces.map((request) => request.workspaceId);
  await supersedeThese(tx, context, await stuckBefore(tx, workspaceIds), "A later merge took its place.");
  const unplanned = await findRuns(tx, {
    pullRequestId: merge.pullRequestId,
    kind: "plan",
    status: ["waits", "queued"],
  });
  const reason = "The pull request is merged; it is planned when it is applied.";
  await supersedeThese(tx, context, unplanned, reason);
  const started = new Map<string, { runId: string; number: number }>();
  if (merge.workspaces.length === 0) return started;
  const first = await nextNumber(tx, organizationId, "run", merge.workspaces.length);
  const ordered = inOrder(merge.workspaces);
  ordered.forEach((request, index) =>
    started.set(request.workspaceId, { runId: context.newId(), number: first + index }),
  );
  const plannedIds = ordered.flatMap((request) => request.plannedRunId ?? []);
  const planned = new Map((await runsById(tx, plannedIds)).map((run) => [run.id, run]));
  await insertRuns(
    tx,
    organizationId,
    ordered.flatMap((request): NewRun[] => {
      const own = started.get(request.workspaceId);
      if (own === undefined) return [];
      const plan = request.plannedRunId === null ? undefined : planned.get(request.plannedRunId);
      return [
        {
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
        },
      ];
    }),
  );
  await releaseRuns(tx, context, organizationId);
  return started;
}

/** Upstreams before what needs them, so that numbers rise in the order of work. */
function inOrder<Request extends { workspaceId: string; stage: number; needs: readonly string[] }>(
  requests: readonly Request[],
): Request[] {
  const byId = new Map(requests.map((request) => [request.workspaceId, request]));
  const ordered = new Set<Request>();
  const begun = new Set<Request>();
  const place = (request: Request): void => {
    if (begun.has(request)) return;
    begun.add(request);
    for (const id of request.needs) {
      const needed = byId.get(id);
      if (needed !== undefined) place(needed);
    }
    ordered.add(request);
  };
  for (const request of requests.toSorted((one, other) => one.stage - other.stage)) place(request);
  return [...ordered];
}
