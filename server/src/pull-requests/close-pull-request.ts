import { problem, pullRequestCan } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { proposeRight, requireRight } from "./act-rights.ts";
import { withdrawProposal } from "../states/proposed-state.ts";
import { changed, rebaseOthersLater } from "./changed.ts";
import { answerPullRequest, lockedFacts } from "./load-pull-request.ts";
import { markClosed } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { replayLater } from "./replays/replay-later.ts";

/** Closes a pull request without merging; its plans under way are stopped. */
export async function closePullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const facts = await lockedFacts(tx, context, actor, number);
    const { pullRequest } = facts;
    if (!pullRequestCan("close", pullRequest.status))
      throw problem("wrong_status", `#${number} is ${pullRequest.status}.`);
    requireRight(proposeRight(facts, actor));
    await markClosed(tx, pullRequest.id, context.clock.now(), actor.id);
    const { organizationId } = actor;
    await context.runs.supersedePlanRuns(tx, organizationId, pullRequest.id, "The pull request was closed.", new Set());
    // What else would change that workspace was planned over the state that nobody brings any more.
    if (await withdrawProposal(tx, pullRequest.id))
      await rebaseOthersLater(tx, context.clock, pullRequest.repositoryId, pullRequest.id);
    await replayLater(tx, pullRequest, pullRequest.id);
    await changed(tx, pullRequest);
    await recordAudit(tx, actor, {
      action: "pull_request.closed",
      text: `${actor.name} closed #${number} without merging`,
      pullRequest: number,
    });
  });
  return answerPullRequest(context, actor, number);
}
