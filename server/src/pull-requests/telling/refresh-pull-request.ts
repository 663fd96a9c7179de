import { announce } from "../../platform/live.ts";
import { commentFindings } from "../comments/comment-findings.ts";
import { putSummary } from "../comments/comment-store.ts";
import { readFacts } from "../facts.ts";
import { stateOf } from "../showing/shown-state.ts";
import { pullRequestById } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { summaryOf } from "../comments/summary-of-facts.ts";
import { tellPeople } from "./tell-people.ts";
import { weighedAgain } from "../gate/weigh-again.ts";

/** Brings the comments of a pull request, the forge and the people concerned up to date. May be done again. */
export async function refreshPullRequest(
  context: PullRequestsContext,
  organizationId: string,
  pullRequestId: string,
): Promise<void> {
  const news = await context.db.transaction(organizationId, async (tx) => {
    const pullRequest = await pullRequestById(tx, pullRequestId, true);
    if (pullRequest === undefined) return undefined;
    const facts = await weighedAgain(tx, context, await readFacts(tx, context, pullRequest));
    const runIds = facts.affected.flatMap((row) => row.runId ?? []);
    const judgements = await context.runs.judgementsOf(tx, runIds);
    const state = stateOf(facts);
    const summary = await summaryOf(tx, context, facts, judgements, state);
    await putSummary(tx, {
      organizationId,
      pullRequestId,
      id: context.newId(),
      body: summary,
      createdAt: context.clock.now(),
    });
    if (pullRequest.status === "open") await commentFindings(tx, context, facts, judgements);
    await tellPeople(tx, context, facts, state);
    await announce(tx, organizationId, [`pull-request:${pullRequest.number}`]);
    return { facts, summary, ...state };
  });
  if (news === undefined) return;
  const { facts, summary, state, sentence } = news;
  const failed = state === "blocked" || state === "failed";
  const good = state === "ready" || state === "applied" || state === "superseded";
  await context.forge.publish(facts.repository, {
    number: facts.pullRequest.number,
    commit: facts.patchSet.commit,
    summary,
    status: failed ? "failure" : good ? "success" : "pending",
    sentence,
  });
}
