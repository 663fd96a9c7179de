import type { Finding } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import { planOf } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planLine } from "../patch-sets/plan-line.ts";
import type { stateOf } from "../showing/shown-state.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunJudgement } from "../runs-port.ts";
import { replayOfFacts, shownReplay } from "../replays/replay-policies.ts";
import { replaySummary } from "./replay-summary.ts";
import { renderSummary } from "./summary.ts";

/** From so many plans on, those that do the same are told once. */
const many = 20;

interface Row {
  shown: {
    workspace: string;
    counts: unknown;
    findings: readonly Finding[];
    failures: readonly unknown[];
    provisional: boolean;
  };
  plan: string | null;
  shape: string | undefined;
}

/** Rows whose plans do the same to the same attributes and were judged the same, in the order of the first of each. */
function alike<R extends Row>(rows: readonly R[]): [R, ...R[]][] {
  const groups = new Map<string, [R, ...R[]]>();
  for (const row of rows) {
    const { workspace, counts, findings, failures, provisional } = row.shown;
    const judged = findings.map(({ fingerprint, outcome, standing }) => [fingerprint, outcome, standing]);
    const key =
      row.shape === undefined || row.plan === null
        ? workspace
        : JSON.stringify([row.shape, counts, judged, failures, provisional]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The text of the summary comment: what is the case, the plans of these facts, and what must happen next. */
export async function summaryOf(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  judgements: ReadonlyMap<string, RunJudgement>,
  { sentence, gate }: ReturnType<typeof stateOf>,
  mayRead: (environment: string) => boolean = () => true,
): Promise<string> {
  const plans = facts.affected.flatMap((row) => planOf(facts, row)?.id ?? []);
  const shapes = plans.length < many ? undefined : await context.runs.planShapes(tx, plans);
  const rows = facts.affected.map((row) => {
    const plan = planOf(facts, row);
    const judgement = plan === undefined ? undefined : judgements.get(plan.id);
    const shown = {
      workspace: row.workspace,
      line: planLine(
        row,
        { status: facts.pullRequest.status, wrong: facts.patchSet.problems.length > 0 },
        plan,
        facts.applies.get(row.workspaceId),
      ),
      counts: plan?.counts ?? null,
      findings: judgement?.findings ?? [],
      failures: judgement?.failures ?? [],
      run: plan?.number ?? null,
      provisional: plan?.provisional ?? false,
    };
    return { shown, plan: plan?.status === "finished" ? plan.id : null, shape: shapes?.get(plan?.id ?? "") };
  });
  const workspaces = [];
  for (const [first, ...others] of alike(rows)) {
    const text = first.plan === null ? null : (await context.runs.planOf(tx, first.plan)).text;
    workspaces.push({ ...first.shown, text, alike: others.map(({ shown }) => shown.workspace) });
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
