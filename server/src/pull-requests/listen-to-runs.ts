import { hasEnded } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "../runs/run.ts";
import type { RunListener } from "../runs/runs-context.ts";
import { isApproved } from "./approving/approved-digests.ts";
import { changed, rebaseLater, takeOverLater } from "./changed.ts";
import { openWithPlansOf } from "./patch-sets/open-changes.ts";
import type { PullRequestRecord } from "./pull-request.ts";
import { pullRequestById } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { auditVoided, reviewApprovals } from "./approving/review-approvals.ts";
import { versionToPlan } from "../states/proposed-state.ts";
import { replayLater } from "./replays/replay-later.ts";
import { takesOverIn } from "./outputs/take-over-words.ts";

/** What follows for pull requests when runs end, are held, or wait for something else. */
export function listenToRuns(context: PullRequestsContext): RunListener {
  return {
    async runsChanged(tx, all) {
      const runs = all.filter(({ kind }) => kind !== "drift" && kind !== "drill");
      for (const [id, own] of Map.groupBy(runs, (run) => run.pullRequestId)) {
        const pullRequest = id === null ? undefined : await pullRequestById(tx, id);
        if (pullRequest !== undefined) await followRuns(tx, context, pullRequest, own);
      }
      const applied = runs.filter((run) => run.kind === "apply" && hasEnded(run.status));
      for (const workspace of placesOf(applied)) {
        await takeOverLater(tx, workspace);
        for (const repositoryId of await context.runs.repositoriesTaking(tx, workspace))
          await takeOverLater(tx, { ...workspace, repositoryId });
      }
      const planned = runs.filter(
        (run) =>
          run.kind !== "replay" && run.planEpoch === run.epoch && (run.status === "finished" || run.status === "held"),
      );
      for (const run of distinctBy(planned, (one) => `${one.workspace.repositoryId}/${one.pullRequestId ?? ""}`))
        await replayLater(tx, run.workspace, run.pullRequestId);
      await planAgainOverNewStates(
        tx,
        applied.filter((run) => run.stateVersionAfter !== run.stateVersionBefore),
      );
    },
    async decideApply(tx, run, { digest, blocking }) {
      const { pullRequestId, workspace } = run;
      if (blocking > 0 || pullRequestId === null) return "hold";
      return (await isApproved(tx, context, { pullRequestId, workspace, digest })) ? "apply" : "hold";
    },
  };
}

/** What follows for the pull request that runs belong to. */
async function followRuns(
  tx: Tx,
  context: PullRequestsContext,
  pullRequest: PullRequestRecord,
  runs: readonly RunRecord[],
): Promise<void> {
  const plans = runs.filter((run) => run.kind === "plan" && hasEnded(run.status));
  // A plan may have found that the new outputs change nothing.
  if (takesOverIn(pullRequest) !== undefined)
    for (const workspace of placesOf(plans)) await takeOverLater(tx, workspace);
  const isOpen = pullRequest.status === "open";
  const voided = isOpen && plans.length > 0 ? await reviewApprovals(tx, context, pullRequest.id) : [];
  // What was applied while it was being planned could not have it planned again: it was not known to be stale.
  if (isOpen && (await hasOldState(tx, plans))) await rebaseLater(tx, pullRequest);
  // What merely moves on is on the pages already; comments and people are for what somebody has to know.
  const isNews = (run: RunRecord) =>
    hasEnded(run.status) || run.status === "held" || ["outputs", "engine"].includes(run.waitsFor ?? "");
  if (runs.some(isNews)) await changed(tx, pullRequest);
  await auditVoided(tx, pullRequest, voided);
}

/** Whether one of these plans was made over a state that is not the newest any more. */
async function hasOldState(tx: Tx, plans: readonly RunRecord[]): Promise<boolean> {
  for (const { status, stateVersionBefore, workspace } of plans)
    if (status === "finished" && stateVersionBefore !== (await versionToPlan(tx, workspace))) return true;
  return false;
}

/** The environments of repositories that runs were in, each once. */
function placesOf(runs: readonly RunRecord[]): RunRecord["workspace"][] {
  return distinctBy(
    runs.map(({ workspace }) => workspace),
    ({ repositoryId, environment }) => `${repositoryId}/${environment}`,
  );
}

function distinctBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Open pull requests that planned these workspaces did so over states that are not the newest any more. */
async function planAgainOverNewStates(tx: Tx, applied: readonly RunRecord[]): Promise<void> {
  const workspaces = applied.map(({ workspace }) => workspace);
  const repositoryIds = new Set(workspaces.map(({ repositoryId }) => repositoryId));
  const open = await openWithPlansOf(
    tx,
    [...repositoryIds],
    workspaces.map(({ id }) => id),
  );
  for (const pullRequest of open) await rebaseLater(tx, pullRequest);
}
