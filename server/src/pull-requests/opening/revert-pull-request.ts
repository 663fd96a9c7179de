import { problem, pullRequestCan } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { nothingToRevert, proposeRight, requireRight } from "../act-rights.ts";
import { planOf, readFacts } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { list } from "../gate/condition.ts";
import { answerPullRequest } from "../load-pull-request.ts";
import { pullRequestActedOnBy } from "../sight.ts";
import { openGeneratedPullRequest } from "./open-generated-pull-request.ts";
import { openPullRequestWithoutCommits } from "./open-pull-request.ts";
import { serverName } from "../patch-sets/patch-set-draft.ts";
import { revertOf } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/**
 * Opens the pull request that takes a merged one back: main without what its merge commit brought, with the same gate.
 * One without commits changed no code: what it did is planned anew as main declares it now. Throws `merge_conflict`
 * where later changes stand on it.
 */
export async function revertPullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  authorize(actor, "environment.propose");
  const facts = await context.db.transaction(actor.organizationId, async (tx) => {
    const pullRequest = await pullRequestActedOnBy(tx, context, actor, number);
    const earlier = await revertOf(tx, number);
    if (earlier !== undefined)
      throw problem("already_exists", `#${earlier} reverts #${number} already.`, { next: `Go on with #${earlier}.` });
    return readFacts(tx, context, pullRequest);
  });
  const { pullRequest, repository } = facts;
  const { mergeCommit } = pullRequest;
  if (!pullRequestCan("revert", pullRequest.status) || mergeCommit === null)
    throw problem("wrong_status", `#${number} is ${pullRequest.status}: there is nothing to revert.`);
  if (pullRequest.purpose === "import")
    throw problem("wrong_status", `#${number} cannot be reverted.`, { next: nothingToRevert });
  requireRight(proposeRight(facts, actor));
  const common = {
    repositoryId: repository.repositoryId,
    purpose: "revert" as const,
    title: `Revert #${number}: ${pullRequest.title}`.slice(0, 200),
    ...(pullRequest.ticket === null ? {} : { ticket: pullRequest.ticket }),
    revertsNumber: number,
  };
  const opened =
    pullRequest.workspaces === null
      ? await openGeneratedPullRequest(context, actor, {
          ...common,
          description: warning(facts),
          content: { tree: (base) => revertedTree(context, facts, mergeCommit, base) },
        })
      : await openPullRequestWithoutCommits(context, actor, {
          ...common,
          description: `#${number} had no commits, so there is no code to take back: its workspaces are planned again as main declares them now.`,
          workspaces: pullRequest.workspaces,
        });
  return answerPullRequest(context, actor, opened.number);
}

async function revertedTree(
  context: PullRequestsContext,
  { repository, pullRequest }: PullRequestFacts,
  mergeCommit: string,
  base: string,
): Promise<string> {
  const signature = { ...serverName, at: context.clock.now() };
  const reverted = await context.forge.objects(repository).revert(mergeCommit, base, signature);
  if (reverted.tree !== null) return reverted.tree;
  throw problem(
    "merge_conflict",
    `#${pullRequest.number} cannot be reverted by itself: later changes stand on it in ${list(reverted.conflicts)}.`,
    { next: "Take it back by hand in a new pull request." },
  );
}

/** Code brings back what code describes: not data. */
function warning(facts: PullRequestFacts): string {
  const lost = facts.affected.flatMap((row) => {
    const counts = (facts.applies.get(row.workspaceId) ?? planOf(facts, row))?.counts;
    if (counts === undefined || counts === null || counts.destroy + counts.replace === 0) return [];
    return [`- ${row.workspace}: ${counts.destroy} destroyed, ${counts.replace} replaced`];
  });
  const intro = `Takes back what #${facts.pullRequest.number} brought to main. It passes the same gate, and its plans show what it does.`;
  if (lost.length === 0) return intro;
  return `${intro}\n\n**Code cannot bring back everything.** These were destroyed or replaced by the change; reverting makes new, empty ones:\n\n${lost.join("\n")}`;
}
