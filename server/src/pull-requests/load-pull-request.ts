import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import type { Tx } from "../platform/database/pools.ts";
import { readFacts } from "./facts.ts";
import type { PullRequestFacts } from "./facts.ts";
import { shownPlans } from "./showing/present-affected.ts";
import { presentPullRequest } from "./showing/present.ts";
import { shownTo } from "./showing/shown-state.ts";
import type { ShownFacts } from "./showing/shown-state.ts";
import { pullRequestActedOnBy, pullRequestSeenBy, sightOf } from "./sight.ts";
import { pullRequestByNumber, revertOf } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** The facts of a pull request that the actor sees whole, locked for a change. Throws `not_found`, `not_allowed`. */
export async function lockedFacts(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequestFacts> {
  return readFacts(tx, context, await pullRequestActedOnBy(tx, context, actor, number, true));
}

/** What of a pull request the actor is shown, and how much of it. Throws `not_found`. */
export async function factsSeenBy(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<ShownFacts> {
  const { pullRequest, sight } = await pullRequestSeenBy(tx, context, actor, number);
  return shownTo(actor, await readFacts(tx, context, pullRequest), sight);
}

/** From so many affected workspaces on, those with equal plans are shown as one. */
const many = 20;

/** A pull request as its page shows it; who calls has authorized. */
export async function answerPullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const seen = await factsSeenBy(tx, context, actor, number);
    const runIds = seen.facts.affected.flatMap((row) => row.runId ?? []);
    const judgements = await context.runs.judgementsOf(tx, runIds);
    const shapes = runIds.length < many ? undefined : await context.runs.planShapes(tx, runIds);
    const engines = await context.runs.engineChanges(tx, shownPlans(seen.facts));
    return presentPullRequest(
      seen,
      { judgements, shapes, engines },
      actor,
      await revertSeenBy(tx, context, actor, number),
    );
  });
}

/** The number of the pull request that reverts one, where the actor sees it. */
async function revertSeenBy(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<number | null> {
  const revert = await revertOf(tx, number);
  const found = revert === undefined ? undefined : await pullRequestByNumber(tx, revert);
  if (found === undefined) return null;
  return (await sightOf(tx, context, actor, [found])).get(found.id) === "none" ? null : found.number;
}
