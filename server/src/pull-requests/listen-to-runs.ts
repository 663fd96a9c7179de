import { hasEnded } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "../runs/run.ts";
import type { RunListener } from "../runs/runs-context.ts";
import { approvedDigests } from "./approving/approved-digests.ts";
import { changed, rebaseLater, takeOverLater } from "./changed.ts";
import { affectedOf, newestPatchSets } from "./patch-sets/patch-set-store.ts";
import { openPullRequests, pullRequestById } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { auditVoided, reviewApprovals } from "./approving/review-approvals.ts";
import { versionToPlan } from "../states/proposed-state.ts";
import { replayLater } from "./replays/replay-later.ts";
import { takesOverIn } from "./outputs/take-over-words.ts";

/** What follows for pull requests when a run ends, is held, or waits for something else. */
export function listenToRuns(context: PullRequestsContext): RunListener {
  return {
    async runEnded(tx, run) {
      if (run.kind === "drift" || run.kind === "drill") return;
      if (run.pullRequestId !== null) {
        const pullRequest = await pullRequestById(tx, run.pullRequestId);
        if (pullRequest !== undefined) {
          // Its plan may have found that the new outputs change nothing.
          if (run.kind === "plan" && hasEnded(run.status) && takesOverIn(pullRequest) !== undefined)
            await takeOverLater(tx, run.workspace);
          const voided =
            run.kind === "plan" && hasEnded(run.status) && pullRequest.status === "open"
              ? await reviewApprovals(tx, context, pullRequest.id)
              : [];
          // What was applied while it was being planned could not have it planned again: it was not known to be stale.
          if (run.kind === "plan" && run.status === "finished" && pullRequest.status === "open")
            if (run.stateVersionBefore !== (await versionToPlan(tx, run.workspace))) await rebaseLater(tx, pullRequest);
          // What merely moves on is on the pages already; comments and people are for what somebody has to know.
          if (hasEnded(run.status) || run.status === "held" || ["outputs", "engine"].includes(run.waitsFor ?? ""))
            await changed(tx, pullRequest);
          await auditVoided(tx, pullRequest, voided);
        }
      }
      if (run.kind === "apply" && hasEnded(run.status)) {
        await takeOverLater(tx, run.workspace);
        for (const repositoryId of await context.runs.repositoriesTaking(tx, run.workspace))
          await takeOverLater(tx, { ...run.workspace, repositoryId });
      }
      const isPlanned = run.planEpoch === run.epoch && (run.status === "finished" || run.status === "held");
      if (run.kind !== "replay" && isPlanned) await replayLater(tx, run.workspace, run.pullRequestId);
      if (run.kind === "apply" && hasEnded(run.status) && run.stateVersionAfter !== run.stateVersionBefore)
        await planAgainOverNewState(tx, run);
    },
    async decideApply(tx, run, { digest, blocking }) {
      if (blocking > 0 || run.pullRequestId === null) return "hold";
      const approved = await approvedDigests(tx, context, run.pullRequestId, run.workspace.id);
      return approved.has(digest) ? "apply" : "hold";
    },
  };
}

/** Open pull requests that planned this workspace did so over a state that is not the newest any more. */
async function planAgainOverNewState(tx: Tx, run: RunRecord): Promise<void> {
  const open = await openPullRequests(tx, run.workspace.repositoryId);
  const newest = await newestPatchSets(
    tx,
    open.map((pullRequest) => pullRequest.id),
  );
  const affected = await affectedOf(
    tx,
    [...newest.values()].map((patchSet) => patchSet.id),
  );
  const concerned = new Set(
    affected.filter((row) => row.workspaceId === run.workspace.id && row.runId !== null).map((row) => row.patchSetId),
  );
  for (const pullRequest of open) {
    const patchSet = newest.get(pullRequest.id);
    if (patchSet !== undefined && concerned.has(patchSet.id)) await rebaseLater(tx, pullRequest);
  }
}
