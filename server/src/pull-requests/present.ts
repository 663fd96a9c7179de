import type {
  AffectedWorkspace,
  Approval,
  Can,
  GateCondition,
  PatchSet,
  PersonRef,
  PlanCounts,
  PullRequest,
  PullRequestSummary,
  Severity,
} from "@plumbline/contract";
import { pullRequestCan, severities } from "@plumbline/contract";
import type { EngineChange } from "@plumbline/contract/engine-change";
import { ticketUrl } from "@plumbline/contract/configuration/ticket";
import type { Actor } from "../access/actor.ts";
import { canDo } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { approvalRight } from "./approving/approval-right.ts";
import { describe } from "./describe.ts";
import { mergeRight, nothingToRevert, proposeRight } from "./act-rights.ts";
import type { PullRequestFacts } from "./facts.ts";
import { planOf, touchedEnvironments } from "./facts.ts";
import { gateIsOpen, list } from "./gate/gate.ts";
import { gateOf, onlyMainMoved } from "./gate/gate-of-facts.ts";
import { heldApprovers } from "./approving/held-plans.ts";
import { notYet } from "./gate/not-yet.ts";
import { narrowFacts, sentenceOfPart } from "./narrow-facts.ts";
import { planLine } from "./patch-sets/plan-line.ts";
import type { AffectedRecord } from "./pull-request.ts";
import type { RunFacts, RunJudgement } from "./runs-port.ts";

const noCounts: PlanCounts = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 };

/** Findings of plans, by run. */
export type Judgements = ReadonlyMap<string, RunJudgement>;

/** What is read of the plans that are shown, by run. */
interface ShownPlans {
  judgements: Judgements;
  /** Only where there are many. */
  shapes: ReadonlyMap<string, string> | undefined;
  engines: ReadonlyMap<string, EngineChange>;
}

/** How a pull request is now. */
export interface ShownState {
  gate: GateCondition[];
  state: PullRequestSummary["state"];
  sentence: string;
}

/** A pull request as somebody sees it. */
export interface ShownFacts {
  facts: PullRequestFacts;
  sight: "whole" | "part";
  shown: ShownState;
}

/** What of a pull request the actor is shown. */
export function shownTo(actor: Actor, facts: PullRequestFacts, sight: "whole" | "part"): ShownFacts {
  const whole = stateOf(facts);
  if (!keptToClients(actor)) return { facts, sight, shown: whole };
  const narrow = narrowFacts(facts, actor, sight);
  const general = { gate: [], state: whole.state, sentence: sentenceOfPart(whole.state) };
  if (sight === "part") return { facts: narrow, sight, shown: general };
  const own = stateOf(narrow);
  return { facts: narrow, sight, shown: own.state === whole.state ? own : { ...general, gate: own.gate } };
}

/** How a pull request is now: gate, state and sentence. */
export function stateOf(facts: PullRequestFacts): ShownState {
  const gate = facts.pullRequest.status === "open" ? gateOf(facts) : [];
  const planned = facts.affected.filter((row) => row.inputTree !== null);
  const done = planned.filter((row) => {
    const run = planOf(facts, row);
    return run !== undefined && !isUnderWay(run);
  });
  const described = describe({
    status: facts.pullRequest.status,
    gate,
    plans: { total: planned.length, done: done.length },
    applies: [...facts.applies.values()],
    approvers: heldApprovers(facts),
    proposer: nameOf(facts, facts.pullRequest.openedBy)?.name ?? null,
    waitForState: facts.affected.flatMap(({ workspace, stateFrom }) =>
      stateFrom === null || stateFrom === facts.pullRequest.number ? [] : [{ workspace, pullRequest: stateFrom }],
    ),
    removed: facts.affected.filter((row) => row.relation === "removed").map((row) => row.workspace),
    onlyMainMoved: facts.pullRequest.status === "open" && onlyMainMoved(facts),
  });
  return { gate, ...described };
}

function isUnderWay(run: { status: string; waitsFor: string | null }): boolean {
  return (
    run.status === "queued" ||
    run.status === "running" ||
    (run.status === "waits" && run.waitsFor !== "outputs" && run.waitsFor !== "engine")
  );
}

/** A pull request in a list. */
export function presentSummary({ facts, shown }: ShownFacts, judgements: Judgements, actor: Actor): PullRequestSummary {
  const { pullRequest, patchSet, repository } = facts;
  const { gate, state, sentence } = shown;
  const ticket = ticketOf(facts);
  const counts = facts.affected.reduce(
    (sum, row) => addCounts(sum, shownPlan(facts, row)?.counts ?? noCounts),
    noCounts,
  );
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
    counts,
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

const onlyPart: Can = { allowed: false, reason: "You see only a part of it: it touches more than your clients." };
const noRights: PullRequest["can"] = {
  approve: onlyPart,
  merge: onlyPart,
  revert: onlyPart,
  close: onlyPart,
  replan: onlyPart,
  comment: onlyPart,
};

function rightsOf(facts: PullRequestFacts, gate: readonly GateCondition[], actor: Actor): PullRequest["can"] {
  const { status } = facts.pullRequest;
  const when = (act: Parameters<typeof pullRequestCan>[0], right: Can): Can =>
    pullRequestCan(act, status) ? right : { allowed: false, reason: `It is ${status}.` };
  const merge = mergeRight(facts, actor);
  return {
    approve: when("approve", approvalRight(facts, actor)),
    merge: when("merge", merge.allowed && !gateIsOpen(gate) ? { allowed: false, reason: notYet(gate) } : merge),
    revert: when(
      "revert",
      facts.pullRequest.purpose === "import" ? { allowed: false, reason: nothingToRevert } : proposeRight(facts, actor),
    ),
    close: when("close", proposeRight(facts, actor)),
    replan: when("replan", proposeRight(facts, actor)),
    comment: canDo(actor, "pull_request.comment"),
  };
}

function waitsFor(
  actor: Actor,
  facts: PullRequestFacts,
  gate: readonly GateCondition[],
  state: PullRequestSummary["state"],
): boolean {
  if (state === "waits") {
    const wanted = gate.filter((condition) => !condition.met).flatMap((condition) => condition.who);
    const ticket = gate.some((condition) => condition.kind === "ticket" && !condition.met);
    return wanted.includes(actor.name) || (ticket && facts.pullRequest.openedBy === actor.id);
  }
  if (state === "held") return heldApprovers(facts).includes(actor.name);
  return (
    (state === "ready" || state === "blocked") &&
    facts.pullRequest.openedBy !== null &&
    facts.pullRequest.openedBy === actor.id
  );
}

/** The runs whose plans are shown. */
export function shownPlans(facts: PullRequestFacts): string[] {
  return facts.affected.flatMap((row) => shownPlan(facts, row)?.id ?? []);
}

/** The plan that counts: a run that was planned anew after the merge is what is applied, or is held for approval. */
function shownPlan(facts: PullRequestFacts, row: AffectedRecord): RunFacts | undefined {
  const apply = facts.applies.get(row.workspaceId);
  return apply !== undefined && apply.digest !== null ? apply : planOf(facts, row);
}

function presentAffected(
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
function approversByEnvironment(facts: PullRequestFacts): Approvers {
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

/** Name and display name of a person; null for the system. */
export function nameOf(facts: Pick<PullRequestFacts, "people">, id: string | null): PersonRef | null {
  const person = facts.people.find((one) => one.id === id);
  return person === undefined ? null : { name: person.name, displayName: person.displayName };
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
