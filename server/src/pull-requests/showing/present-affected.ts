import type { AffectedWorkspace, Severity } from "@plumbline/contract";
import { heldApprovers } from "../approving/held-plans.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planOf } from "../facts.ts";
import { list } from "../gate/condition.ts";
import { planLine } from "../patch-sets/plan-line.ts";
import type { AffectedRecord } from "../pull-request.ts";
import type { RunFacts, RunJudgement } from "../runs-port.ts";

/** Findings of plans, by run. */
export type Judgements = ReadonlyMap<string, RunJudgement>;

/** The runs whose plans are shown. */
export function shownPlans(facts: PullRequestFacts): string[] {
  return facts.affected.flatMap((row) => shownPlan(facts, row)?.id ?? []);
}

/** The plan that counts: a run that was planned anew after the merge is what is applied, or is held for approval. */
export function shownPlan(facts: PullRequestFacts, row: AffectedRecord): RunFacts | undefined {
  const apply = facts.applies.get(row.workspaceId);
  return apply !== undefined && apply.digest !== null ? apply : planOf(facts, row);
}

/** A workspace that it affects, with its plan and its apply. */
export function presentAffected(
  facts: PullRequestFacts,
  row: AffectedRecord,
  judgements: Judgements,
  approvers: Approvers,
): AffectedWorkspace {
  const planned = planOf(facts, row);
  const apply = facts.applies.get(row.workspaceId);
  const plan = shownPlan(facts, row);
  const counted: Partial<Record<Severity, number>> = {};
  for (const { severity, outcome } of judgements.get(plan?.id ?? "")?.findings ?? [])
    if (outcome === "fail") counted[severity] = (counted[severity] ?? 0) + 1;
  return {
    workspace: row.workspace,
    component: row.component,
    environment: row.environment,
    layer: row.layer,
    position: row.position,
    relation: row.relation,
    run: plan?.number ?? null,
    runStatus: plan?.status ?? null,
    line: planLine(
      row,
      { status: facts.pullRequest.status, wrong: facts.patchSet.problems.length > 0 },
      planned,
      apply,
    ),
    provisional: plan?.provisional ?? false,
    digest: plan?.digest ?? null,
    counts: plan?.counts ?? null,
    findings: {
      critical: counted.critical ?? 0,
      high: counted.high ?? 0,
      medium: counted.medium ?? 0,
      low: counted.low ?? 0,
    },
    blocking: plan?.blocking ?? 0,
    applyRun: apply?.number ?? null,
    applyStatus: apply?.status ?? null,
    later: facts.pullRequest.status === "open" ? laterOf(facts, row, approvers) : null,
  };
}

/** Who approves what is held in an environment, as a part of a sentence. */
type Approvers = (environment: string) => string;

/** Worked out once for each environment, where it is asked for: hundreds of workspaces may be in it. */
export function approversByEnvironment(facts: PullRequestFacts): Approvers {
  const known = new Map<string, string>();
  return (environment) => {
    const words = known.get(environment) ?? list(heldApprovers(facts, environment), "or");
    known.set(environment, words);
    return words;
  };
}

/** What will ask for approval after the merge, and whom. */
function laterOf(facts: PullRequestFacts, row: AffectedRecord, approvers: Approvers): string | null {
  if (row.relation === "removed") return null;
  const plan = planOf(facts, row);
  const who = () => approvers(row.environment);
  if (row.stateFrom !== null && row.stateFrom !== facts.pullRequest.number)
    return `Merging applies nothing of it: #${row.stateFrom} brings its state, and is applied with this in it.`;
  if (row.inputTree === null && facts.patchSet.problems.length > 0) return null;
  if (row.inputTree === null)
    return `It is planned after the merge; unless nothing changes, ${who()} approves it then.`;
  if (plan?.status === "waits" && plan.waitsFor === "outputs")
    return `${plan.reason ?? "It needs values that are known only after apply"}: planned after the merge, then ${who()} approves.`;
  if (plan?.provisional === true)
    return `Made with planned values: planned again with the real ones; if it differs, ${who()} approves again.`;
  return null;
}
