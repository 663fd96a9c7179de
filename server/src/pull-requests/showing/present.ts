import type { Approval, PatchSet, PlanCounts, PullRequest, PullRequestSummary } from "@plumbline/contract";
import { severities } from "@plumbline/contract";
import { ticketUrl } from "@plumbline/contract/configuration/ticket";
import type { EngineChange } from "@plumbline/contract/engine-change";
import type { Actor } from "../../access/actor.ts";
import type { PullRequestFacts } from "../facts.ts";
import { nameOf, touchedEnvironments } from "../facts.ts";
import { approversByEnvironment, presentAffected, shownPlan } from "./present-affected.ts";
import type { Judgements } from "./present-affected.ts";
import { noRights, rightsOf, waitsFor } from "./present-rights.ts";
import type { ShownFacts } from "./shown-state.ts";

const noCounts: PlanCounts = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };

/** What is read of the plans that are shown, by run. */
interface ShownPlans {
  judgements: Judgements;
  /** Only where there are many. */
  shapes: ReadonlyMap<string, string> | undefined;
  engines: ReadonlyMap<string, EngineChange>;
}

/** A pull request in a list. */
export function presentSummary({ facts, shown }: ShownFacts, judgements: Judgements, actor: Actor): PullRequestSummary {
  const { pullRequest, patchSet, repository } = facts;
  const { gate, state, sentence } = shown;
  const ticket = ticketOf(facts);
  const found = new Set(
    facts.affected
      .flatMap((row) => (row.runId === null ? [] : (judgements.get(row.runId)?.findings ?? [])))
      .filter((finding) => finding.outcome === "fail")
      .map((finding) => finding.severity),
  );
  return {
    number: pullRequest.number,
    repository: repository.name,
    title: pullRequest.title,
    purpose: pullRequest.purpose,
    status: pullRequest.status,
    state,
    sentence,
    openedBy: nameOf(facts, pullRequest.openedBy),
    openedAt: pullRequest.openedAt.toISOString(),
    updatedAt: lastChange(facts).toISOString(),
    ticket: pullRequest.ticket,
    ticketUrl: ticket,
    patchSet: patchSet.number,
    environments: touchedEnvironments(facts),
    workspaces: facts.affected.length,
    counts: countsOf(facts),
    worst: severities.find((severity) => found.has(severity)) ?? null,
    waitsForMe: waitsFor(actor, facts, gate, state),
  };
}

/** A pull request with everything its page shows. */
export function presentPullRequest(
  seen: ShownFacts,
  { judgements, shapes, engines }: ShownPlans,
  actor: Actor,
  revertedBy: number | null,
): PullRequest {
  const { facts, shown, sight } = seen;
  const { pullRequest } = facts;
  const { gate } = shown;
  const approvers = approversByEnvironment(facts);
  return {
    ...presentSummary(seen, judgements, actor),
    description: pullRequest.description,
    patchSets: facts.patchSets.map((one) => presentPatchSet(facts, one)),
    affected: facts.affected.map((row) => {
      const plan = shownPlan(facts, row)?.id ?? "";
      const [shape, engineChange] = [shapes?.get(plan), engines.get(plan)];
      return {
        ...presentAffected(facts, row, judgements, approvers),
        ...(shape === undefined ? {} : { shape }),
        ...(engineChange === undefined ? {} : { engineChange }),
      };
    }),
    gate,
    approvals: facts.approvals.map((one) => presentApproval(facts, one)),
    contributors: presentContributors(facts),
    mergeCommit: pullRequest.mergeCommit,
    mergedBy: nameOf(facts, pullRequest.mergedBy),
    mergedAt: pullRequest.mergedAt?.toISOString() ?? null,
    reverts: pullRequest.revertsNumber,
    revertedBy,
    driftCase: pullRequest.driftCase,
    ...(sight === "part" ? { partial: true as const } : {}),
    can: sight === "part" ? noRights : rightsOf(facts, gate, actor),
  };
}

function presentPatchSet(facts: PullRequestFacts, patchSet: PullRequestFacts["patchSet"]): PatchSet {
  return {
    number: patchSet.number,
    commit: patchSet.commit,
    base: patchSet.base,
    pushedBy: nameOf(facts, patchSet.pushedBy),
    at: patchSet.createdAt.toISOString(),
    commits: patchSet.commits,
    conflicts: patchSet.conflicts ?? [],
    problems: patchSet.problems,
  };
}

function presentApproval(facts: PullRequestFacts, approval: PullRequestFacts["approvals"][number]): Approval {
  return {
    id: approval.id,
    person: nameOf(facts, approval.personId) ?? { name: "unknown", displayName: "unknown" },
    meaning: approval.meaning,
    digests: approval.digests,
    patchSet: approval.patchSet,
    at: approval.createdAt.toISOString(),
    voidAt: approval.voidAt?.toISOString() ?? null,
    voidReason: approval.voidReason,
    statement: approval.statement,
    signature: approval.signature.toString("base64"),
    keyId: approval.keyId,
  };
}

function presentContributors(facts: PullRequestFacts): PullRequest["contributors"] {
  const reasons = new Map<string, string[]>();
  for (const { personId, reason } of facts.contributors)
    reasons.set(personId, [...(reasons.get(personId) ?? []), reason]);
  return [...reasons].flatMap(([personId, why]) => {
    const person = nameOf(facts, personId);
    return person === null ? [] : [{ person, reasons: why }];
  });
}

function ticketOf(facts: PullRequestFacts): string | null {
  const { ticket } = facts.pullRequest;
  if (ticket === null) return null;
  for (const name of touchedEnvironments(facts)) {
    const rule = facts.rules.configuration?.environments.find((one) => one.name === name)?.ticket;
    const url = rule === undefined ? undefined : ticketUrl(rule, ticket);
    if (url !== undefined) return url;
  }
  return null;
}

function lastChange(facts: PullRequestFacts): Date {
  const { pullRequest, patchSet, approvals, runs } = facts;
  const times = [pullRequest.openedAt, patchSet.createdAt, pullRequest.mergedAt, pullRequest.closedAt];
  for (const approval of approvals) times.push(approval.createdAt);
  for (const run of runs.values()) times.push(run.finishedAt, run.startedAt);
  return new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)));
}

/** What its plans change together; null where something is to be planned and nothing is. */
function countsOf(facts: PullRequestFacts): PlanCounts | null {
  const planned = facts.affected.flatMap((row) => shownPlan(facts, row)?.counts ?? []);
  const nothingToPlan = facts.affected.length === 0 && facts.patchSet.problems.length === 0;
  return planned.length > 0 || nothingToPlan ? planned.reduce(addCounts, noCounts) : null;
}

function addCounts(left: PlanCounts, right: PlanCounts): PlanCounts {
  return {
    add: left.add + right.add,
    change: left.change + right.change,
    replace: left.replace + right.replace,
    destroy: left.destroy + right.destroy,
    import: left.import + right.import,
    move: left.move + right.move,
    forget: left.forget + right.forget,
    outside: left.outside + right.outside,
  };
}
