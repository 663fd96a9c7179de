import { problem, pullRequestCan } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { proposeRight, requireRight } from "../act-rights.ts";
import { answerPullRequest, lockedFacts } from "../load-pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { rebasePullRequest } from "./rebase-pull-request.ts";

/** Plans everything again, against main as it is now. Approvals stay where the digests come out the same. */
export async function replanPullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  const id = await context.db.transaction(actor.organizationId, async (tx) => {
    const facts = await lockedFacts(tx, context, actor, number);
    if (!pullRequestCan("replan", facts.pullRequest.status))
      throw problem("wrong_status", `#${number} is ${facts.pullRequest.status}.`);
    requireRight(proposeRight(facts, actor));
    await recordAudit(tx, actor, {
      action: "pull_request.replanned",
      text: `${actor.name} had #${number} planned again`,
      pullRequest: number,
    });
    return facts.pullRequest.id;
  });
  await rebasePullRequest(context, actor.organizationId, id, { all: true });
  return answerPullRequest(context, actor, number);
}
