import { restandRuns } from "../../findings/restand-runs.ts";
import { repeat } from "../../runs/schedules.ts";
import type { Schedule } from "../../runs/schedules.ts";
import { pullRequestsPastDates } from "../../runs/keep-standings.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { changed } from "../changed.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planOf } from "../facts.ts";
import { heldPlans } from "../approving/held-plans.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunFacts } from "../runs-port.ts";

/**
 * The facts with the findings of its plans weighed by main as it is now and by today's date: a waiver may have come or
 * expired, a date may be over. To be called before anything is decided by them.
 */
export async function weighedAgain(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
): Promise<PullRequestFacts> {
  const { status } = facts.pullRequest;
  const plans = status === "open" ? facts.affected.flatMap((row) => planOf(facts, row) ?? []) : [];
  const held = status === "merged" ? heldPlans(facts).map(({ run }) => run) : [];
  const judged = [...plans.filter((run) => run.status === "finished"), ...held];
  const blocking = await restandRuns(tx, context, facts.rules, judged);
  if (blocking.size === 0) return facts;
  const now = <Run extends RunFacts>(run: Run): Run => ({ ...run, blocking: blocking.get(run.id) ?? run.blocking });
  return {
    ...facts,
    runs: new Map([...facts.runs].map(([id, run]) => [id, now(run)])),
    applies: new Map([...facts.applies].map(([id, run]) => [id, now(run)])),
  };
}

const atOnce = 200;

/** Shows pull requests anew whose findings stand differently because a date has passed. */
export async function refreshPastDates(context: PullRequestsContext): Promise<number> {
  const now = context.clock.now();
  const passed = await context.db.systemTransaction((tx) => pullRequestsPastDates(tx, now, atOnce));
  for (const pullRequest of passed)
    await context.db.transaction(pullRequest.organizationId, (tx) => changed(tx, pullRequest));
  return passed.length;
}

/** Looks for them every few minutes; a merge looks for itself. */
export function watchDates(context: PullRequestsContext): Schedule {
  return repeat(() => refreshPastDates(context), { seconds: 300, name: "dates of findings", log: context.log });
}
