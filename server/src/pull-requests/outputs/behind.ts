import type { Tx } from "../../platform/database/pools.ts";
import type { ChangedInput } from "../../runs/queue/changed-inputs.ts";
import { newestOfTopic } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { takeOverTopic, takesOverIn } from "./take-over-words.ts";

/** Where outputs may have changed. */
export interface TakeOver {
  organizationId: string;
  repositoryId: string;
  environment: string;
}

/** Workspaces with the inputs that changed after they were applied. */
export type Behind = ReadonlyMap<string, readonly ChangedInput[]>;

/**
 * Applied workspaces whose inputs have other values now. Not among them: one with an apply under way or stuck, which is
 * made with the new values anyhow; one that lost an output, for which there is nothing to take over; one for which a
 * plan with the same values found no change, or was turned down by a person.
 */
export async function whatIsBehind(tx: Tx, context: PullRequestsContext, where: TakeOver): Promise<Behind> {
  const { organizationId, repositoryId, environment } = where;
  const stuck = new Set((await context.runs.unappliedRuns(tx, repositoryId)).map((run) => run.workspace.id));
  const applied = (await context.runs.appliedIn(tx, repositoryId, environment)).filter(
    ({ workspaceId }) => !stuck.has(workspaceId),
  );
  const changes = await context.runs.changedInputs(
    tx,
    organizationId,
    applied.map(({ runId }) => runId),
  );
  const candidates = applied.filter(({ runId }) => changes.get(runId)?.every(({ gone }) => !gone) ?? false);
  if (candidates.length === 0) return new Map();
  const seen = await settledBefore(tx, context, where);
  return new Map(
    candidates
      .filter(({ workspaceId, appliedAt }) => (seen.get(workspaceId)?.getTime() ?? 0) < appliedAt.getTime())
      .map(({ workspace, runId }) => [workspace, changes.get(runId) ?? []]),
  );
}

/** When a plan with the values of now last found no change, or was closed unmerged by a person; by workspace. */
async function settledBefore(tx: Tx, context: PullRequestsContext, where: TakeOver): Promise<Map<string, Date>> {
  const { organizationId, repositoryId, environment } = where;
  const earlier = await newestOfTopic(tx, repositoryId, takeOverTopic(environment), 20);
  const own = earlier.filter((pullRequest) => takesOverIn(pullRequest) === environment);
  const runs = await context.runs.runsOfPullRequests(
    tx,
    own.map(({ id }) => id),
  );
  const without = await context.runs.plansWithoutChanges(
    tx,
    runs.map(({ id }) => id),
  );
  const declined = new Set(
    own.filter(({ status, closedBy }) => status === "closed" && closedBy !== null).map(({ id }) => id),
  );
  const settled = runs.filter(
    (run) => without.has(run.id) || (run.status === "finished" && declined.has(run.pullRequestId ?? "")),
  );
  const outdated = await context.runs.changedInputs(
    tx,
    organizationId,
    settled.map(({ id }) => id),
  );
  const seen = new Map<string, Date>();
  for (const run of settled)
    if (!outdated.has(run.id) && run.startedAt !== null && !seen.has(run.workspace.id))
      seen.set(run.workspace.id, run.startedAt);
  return seen;
}
