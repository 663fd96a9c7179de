import { problem, pullRequestCan, scopeActions } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { approvalsOf, voidApprovals } from "./approval-store.ts";
import { changed } from "../changed.ts";
import { answerPullRequest } from "../load-pull-request.ts";
import { pullRequestActedOnBy } from "../sight.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/** Takes the caller's own approvals back, before the merge. */
export async function withdrawApproval(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  const { scopes } = actor;
  if (scopes !== null && !scopes.some((scope) => scopeActions[scope].includes("environment.approve")))
    throw problem("not_allowed", `This token may not approve, nor take it back: its scopes are ${scopes.join(", ")}.`);
  await context.db.transaction(actor.organizationId, async (tx) => {
    const pullRequest = await pullRequestActedOnBy(tx, context, actor, number, true);
    if (!pullRequestCan("withdraw", pullRequest.status))
      throw problem("wrong_status", `#${number} is ${pullRequest.status}; its approvals stay.`);
    const mine = (await approvalsOf(tx, [pullRequest.id])).filter(
      (approval) => approval.personId === actor.id && approval.voidAt === null,
    );
    if (mine.length === 0) throw problem("wrong_status", `You have not approved #${number}.`);
    await voidApprovals(
      tx,
      mine.map((approval) => approval.id),
      context.clock.now(),
      `Withdrawn by ${actor.name}.`,
    );
    await changed(tx, pullRequest);
    await recordAudit(tx, actor, {
      action: "pull_request.approval_withdrawn",
      text: `${actor.name} took back the approval of #${number}`,
      pullRequest: number,
      details: { approvals: mine.map((approval) => approval.id) },
    });
  });
  return answerPullRequest(context, actor, number);
}
