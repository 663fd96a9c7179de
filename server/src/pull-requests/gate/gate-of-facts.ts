import { hasEnded } from "@plumbline/contract";
import type { GateCondition } from "@plumbline/contract";
import type { Environment } from "@plumbline/contract/configuration/configuration";
import { may } from "../../access/authorize.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { PullRequestFacts } from "../facts.ts";
import { ownedPaths, planOf, touchedEnvironments } from "../facts.ts";
import { judgedUnder, policiesDigest } from "../../repositories/policies-digest.ts";
import { evaluateGate } from "./gate.ts";
import type { Bar, GateEnvironment, GateInput, GatePerson, GatePlan } from "./gate-input.ts";
import { personMayPropose } from "../opening/may-propose.ts";
import { changesPolicies, needsJudgement } from "../replays/judged-by.ts";
import type { RunFacts } from "../runs-port.ts";
import { takeOverConditions } from "./take-over.ts";
import { mayApproveFor, namesPerson } from "./owners.ts";
import type { AffectedRecord } from "../pull-request.ts";

/** The gate of a pull request. */
export function gateOf(facts: PullRequestFacts): GateCondition[] {
  return evaluateGate(gateInput(facts));
}

/** Whether a plan of it was judged by other policies than hold now. */
export function isOutdated(facts: PullRequestFacts): boolean {
  return gateInput(facts).plans.some(({ outdated }) => outdated);
}

/** Whether main has moved since, and no state, input or policy that a plan was made from is known to have changed. */
export function onlyMainMoved(facts: PullRequestFacts): boolean {
  const { onMain, plans } = gateInput(facts);
  return !onMain && !plans.some(({ stale, outdated }) => stale || outdated);
}

/** What the gate looks at, taken from the facts. */
function gateInput(facts: PullRequestFacts): GateInput {
  const { patchSet, rules, repository } = facts;
  const environments = touchedEnvironments(facts);
  const policies = policiesDigest(rules);
  return {
    purpose: facts.pullRequest.purpose,
    conflicts: patchSet.conflicts,
    problems: patchSet.problems,
    plans: facts.affected.map((row) => gatePlan(facts, row, policies)),
    paths: ownedPaths(facts),
    ownerOf: (path) => rules.codeOwners.ownersOf(path),
    ownersFile: rules.codeOwnersFile,
    environments: environments.flatMap((name) => {
      const environment = rules.configuration?.environments.find((one) => one.name === name);
      return environment === undefined ? [] : [gateEnvironment(environment)];
    }),
    approvals: facts.approvals
      .filter((approval) => approval.voidAt === null)
      .map((approval) => ({
        personId: approval.personId,
        digests: new Map(approval.digests.map(({ workspace, digest }) => [workspace, digest])),
        filesDigest: approval.filesDigest,
      })),
    filesDigest: patchSet.filesDigest,
    people: gatePeople(facts),
    ticket: facts.pullRequest.ticket,
    onMain: patchSet.base === repository.headCommit,
    proposersWithoutRight: proposersWithoutRight(facts, environments),
    dependents: facts.dependents,
    takeOver: takeOverConditions(facts),
    replay: replayFacts(facts),
    missingApplies: facts.missingApplies.map((missing) => {
      const environment = rules.configuration?.environments.find((one) => one.name === missing.environment);
      return { ...missing, place: environment?.places.pin ?? environment?.places.environment ?? null };
    }),
  };
}

/** How far it is known what the policies it proposes would do; null where it proposes none. */
function replayFacts(facts: PullRequestFacts): GateInput["replay"] {
  const { patchSet } = facts;
  if (!changesPolicies(patchSet.changedPaths)) return null;
  const replays = needsJudgement(patchSet.changedPaths) ? newestReplays(facts) : [];
  const failed = replays.filter(({ status, blocking }) => hasEnded(status) && (status !== "finished" || blocking > 0));
  return {
    begun: !needsJudgement(patchSet.changedPaths) || patchSet.replayedCommit === patchSet.trialCommit,
    pending: replays.filter(({ status }) => !hasEnded(status)).length,
    judged: replays.filter(({ status }) => status === "finished").length,
    unjudged: [...failed.map(({ workspace }) => workspace.name), ...facts.unplanned.map(({ name }) => name)],
  };
}

/** The newest replay of each workspace, leaving out those that gave way to another. What was canceled is not judged. */
function newestReplays(facts: PullRequestFacts): RunFacts[] {
  const newest = new Map<string, RunFacts>();
  for (const run of facts.runs.values()) {
    if (run.kind !== "replay" || run.status === "superseded") continue;
    if ((newest.get(run.workspace.id)?.number ?? 0) < run.number) newest.set(run.workspace.id, run);
  }
  return [...newest.values()];
}

/** Everybody, with what he may do for this pull request. */
export function gatePeople(facts: PullRequestFacts): GatePerson[] {
  const contributors = new Set(facts.contributors.map((one) => one.personId));
  const barOf = ({ id, roles }: PersonView): Bar | null => {
    if (contributors.has(id)) return "contributed";
    if (!may({ kind: "person", roles, scopes: null }, "repository.read")) return "no_role";
    return facts.outsiders.has(id) ? "outside" : null;
  };
  return facts.people
    .filter((person) => !person.disabled)
    .map((person) => ({
      id: person.id,
      name: person.name,
      barred: barOf(person),
      owns: (owner) => namesPerson(owner, person),
      mayApproveFor: (environment) => mayApproveFor(person, environment === "*" ? undefined : environment),
    }));
}

function gatePlan(facts: PullRequestFacts, row: AffectedRecord, policies: string): GatePlan {
  const run = planOf(facts, row);
  const base = {
    workspace: row.workspace,
    environment: row.environment,
    detail: run?.reason ?? run?.error?.detail ?? "",
    digest: null,
    blocking: 0,
    stale: false,
    outdated: false,
  };
  if (row.inputTree === null) return { ...base, state: "settled" };
  if (run === undefined) return { ...base, state: "none" };
  switch (run.status) {
    case "finished":
      return {
        ...base,
        state: "finished",
        digest: run.digest,
        blocking: run.blocking,
        stale: run.stateVersionBefore !== row.stateVersion || facts.oldInputs.has(run.id),
        outdated: run.policiesDigest !== judgedUnder(policies, run.workspace),
      };
    case "waits":
      if (run.waitsFor === "engine") return { ...base, state: "failed" };
      return { ...base, state: run.waitsFor === "outputs" ? "settled" : "running" };
    case "queued":
    case "running":
      return { ...base, state: "running" };
    default:
      return { ...base, state: "failed", detail: run.error?.detail ?? run.reason ?? `the plan ${run.status}` };
  }
}

function gateEnvironment(environment: Environment): GateEnvironment {
  const { places } = environment;
  return {
    name: environment.name,
    approvals: environment.approvals,
    approvalsPlace: places.approvals ?? places.environment,
    ticket: environment.ticket ?? null,
    ticketPlace: places.ticket ?? places.environment,
  };
}

function proposersWithoutRight(
  facts: PullRequestFacts,
  environments: readonly string[],
): { name: string; environment: string }[] {
  // One without commits proposes nothing that main has not: who may open it was checked then.
  if (facts.pullRequest.workspaces !== null) return [];
  const proposers = new Set(
    facts.contributors.filter(({ reason }) => reason === "opened").map(({ personId }) => personId),
  );
  if (facts.patchSet.pushedBy !== null) proposers.add(facts.patchSet.pushedBy);
  return facts.people
    .filter((person) => proposers.has(person.id))
    .flatMap((person) =>
      environments
        .filter((environment) => !personMayPropose(person, environment, facts.rules))
        .map((environment) => ({ name: person.name, environment })),
    );
}
