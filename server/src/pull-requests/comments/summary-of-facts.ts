import type { Tx } from "../../platform/database/pools.ts";
import { planOf } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planLine } from "../patch-sets/plan-line.ts";
import type { stateOf } from "../present.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunJudgement } from "../runs-port.ts";
import { replayOfFacts, shownReplay } from "../replays/replay-policies.ts";
import { replaySummary } from "./replay-summary.ts";
import { renderSummary } from "./summary.ts";

/** The text of the summary comment: what is the case, the plans of these facts, and what must happen next. */
export async function summaryOf(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  judgements: ReadonlyMap<string, RunJudgement>,
  { sentence, gate }: ReturnType<typeof stateOf>,
  mayRead: (environment: string) => boolean = () => true,
): Promise<string> {
  const workspaces = [];
  for (const row of facts.affected) {
    const plan = planOf(facts, row);
    const judgement = plan === undefined ? undefined : judgements.get(plan.id);
    workspaces.push({
      workspace: row.workspace,
      line: planLine(row, facts.pullRequest.status, plan, facts.applies.get(row.workspaceId)),
      counts: plan?.counts ?? null,
      findings: judgement?.findings ?? [],
      failures: judgement?.failures ?? [],
      text: plan?.status === "finished" ? (await context.runs.planOf(tx, plan.id)).text : null,
      run: plan?.number ?? null,
      provisional: plan?.provisional ?? false,
    });
  }
  const replay = await replayOfFacts(tx, context, facts);
  return renderSummary({
    replay: replay === undefined ? "" : replaySummary(shownReplay(replay, mayRead)),
    sentence,
    gate,
    workspaces,
    patchSet: facts.patchSet.number,
    commit: facts.patchSet.commit,
    problems: facts.patchSet.problems,
  });
}
