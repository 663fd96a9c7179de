import { problem } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import type { Tx } from "../platform/database/pools.ts";
import { readFacts } from "./facts.ts";
import type { PullRequestFacts } from "./facts.ts";
import { presentPullRequest } from "./present.ts";
import type { PullRequestRecord } from "./pull-request.ts";
import { pullRequestByNumber, revertOf } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** The pull request of that number; with `lock` nobody else changes it until the commit. Throws `not_found`. */
export async function pullRequestNumbered(tx: Tx, number: number, lock = false): Promise<PullRequestRecord> {
  const found = await pullRequestByNumber(tx, number, lock);
  if (found === undefined) throw problem("not_found", `There is no pull request #${number}.`);
  return found;
}

/** The facts of a pull request, locked for a change. */
export async function lockedFacts(tx: Tx, context: PullRequestsContext, number: number): Promise<PullRequestFacts> {
  return readFacts(tx, context, await pullRequestNumbered(tx, number, true));
}

/** A pull request as its page shows it; who calls has authorized. */
export async function answerPullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const facts = await readFacts(tx, context, await pullRequestNumbered(tx, number));
    const runIds = facts.affected.flatMap((row) => row.runId ?? []);
    const judgements = await context.runs.judgementsOf(tx, runIds);
    return presentPullRequest(facts, judgements, actor, (await revertOf(tx, number)) ?? null);
  });
}
