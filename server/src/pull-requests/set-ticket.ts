import { problem } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mergeRight, requireRight } from "./act-rights.ts";
import { changed } from "./changed.ts";
import { answerPullRequest, lockedFacts } from "./load-pull-request.ts";
import { setTitleAndTicket } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** Names the ticket of an open pull request; by whoever may propose or approve it. */
export async function setTicket(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
  ticket: string,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const facts = await lockedFacts(tx, context, actor, number);
    const { pullRequest } = facts;
    if (pullRequest.status !== "open") throw problem("wrong_status", `#${number} is ${pullRequest.status}.`);
    requireRight(mergeRight(facts, actor));
    await setTitleAndTicket(tx, pullRequest.id, { ticket: ticket.trim() });
    await changed(tx, pullRequest);
    await recordAudit(tx, actor, {
      action: "pull_request.ticket_named",
      text: `${actor.name} named the ticket ${ticket.trim()} for #${number}`,
      pullRequest: number,
      details: { before: pullRequest.ticket, after: ticket.trim() },
    });
  });
  return answerPullRequest(context, actor, number);
}
