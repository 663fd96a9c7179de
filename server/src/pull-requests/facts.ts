import type { PersonRef } from "@plumbline/contract";
import { areKeptToClients } from "@plumbline/contract";
import { peopleOf } from "../people/find-people.ts";
import type { PersonView } from "../people/find-people.ts";
import type { Tx } from "../platform/database/pools.ts";
import { allRepositories } from "../repositories/find-repository.ts";
import { openReader } from "../repositories/repository-reader.ts";
import type { Repository } from "../repositories/repository.ts";
import { policyRepository, rulesUnderOrganization } from "../repositories/policy-repository.ts";
import type { Rules } from "../repositories/rules.ts";
import { approvalsOf } from "./approving/approval-store.ts";
import { contributorsByAddress, distinctContributors } from "./patch-sets/known-contributors.ts";
import { missingApplies } from "./gate/applied-environments.ts";
import type { MissingApply } from "./gate/applied-environments.ts";
import { affectedOf, contributorsOf, newestPatchSets, patchSetsOf } from "./patch-sets/patch-set-store.ts";
import type { AffectedRecord, ApprovalRecord, Contributor, PatchSetRecord, PullRequestRecord } from "./pull-request.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { unplannedBy } from "./replays/judged-by.ts";
import { proposedStatesOf } from "../states/proposed-state.ts";
import type { ProposedStateRecord } from "../states/proposed-state.ts";
import { applyingIn } from "./gate/applying-in.ts";
import { dependentsElsewhere } from "./gate/dependents-elsewhere.ts";
import { remainingDependents } from "./gate/remaining-dependents.ts";
import type { RemainingDependent } from "./gate/remaining-dependents.ts";
import type { RunFacts } from "./runs-port.ts";
import { sightOfTouched } from "./sight.ts";
import { touchedBy } from "./touched.ts";

/** Everything by which a pull request is judged and shown; read in one transaction. */
export interface PullRequestFacts {
  pullRequest: PullRequestRecord;
  repository: Repository;
  /** Newest first; there is always one. */
  patchSets: PatchSetRecord[];
  patchSet: PatchSetRecord;
  affected: AffectedRecord[];
  /** By id: the newest plan runs, and all others of the pull request. */
  runs: ReadonlyMap<string, RunFacts>;
  /** The newest apply run of each workspace, by its id. */
  applies: ReadonlyMap<string, RunFacts>;
  approvals: ApprovalRecord[];
  contributors: Contributor[];
  people: PersonView[];
  /** Ids of the people who see a part of it at most, and so cannot act on it. */
  outsiders: ReadonlySet<string>;
  /** Main's. */
  rules: Rules;
  /** Ids of plan runs whose inputs have other values now. */
  oldInputs: ReadonlySet<string>;
  /** Pins that an earlier environment has not applied cleanly. */
  missingApplies: MissingApply[];
  /** Of an open one that changes policies: workspaces that these judge and that have no plan to try them on. */
  unplanned: readonly { name: string; environment: string }[];
  /** Of an open one that destroys: who depends on it and is not in it; null for any other. */
  dependents: RemainingDependent[] | null;
  /** The state that it brings along and that is not taken over yet; null for any other. */
  proposal: ProposedStateRecord | null;
  /** Of such a one: the apply run that is to make its workspace anew meanwhile. */
  applying: RunFacts | null;
}

/** Reads the facts of a pull request. */
export async function readFacts(
  tx: Tx,
  context: PullRequestsContext,
  pullRequest: PullRequestRecord,
): Promise<PullRequestFacts> {
  const [facts] = await readFactsOfAll(tx, context, [pullRequest]);
  if (facts === undefined) throw new Error(`#${pullRequest.number} has no patch set`);
  return { ...facts, patchSets: await patchSetsOf(tx, pullRequest.id) };
}

/** Reads the facts of many at once; of the patch sets only the newest. */
export async function readFactsOfAll(
  tx: Tx,
  context: PullRequestsContext,
  pullRequests: readonly PullRequestRecord[],
): Promise<PullRequestFacts[]> {
  const ids = pullRequests.map((pullRequest) => pullRequest.id);
  const people = await peopleOf(tx);
  const policies = await policyRepository(tx);
  const repositories = new Map((await allRepositories(tx)).map((one) => [one.repositoryId, one]));
  const patchSets = await newestPatchSets(tx, ids);
  const affected = await affectedOf(
    tx,
    [...patchSets.values()].map((patchSet) => patchSet.id),
  );
  const runs = await context.runs.runsOfPullRequests(tx, ids);
  const open = new Set(pullRequests.filter(({ status }) => status === "open").map(({ id }) => id));
  const openPatchSets = new Set(
    [...patchSets].filter(([pullRequestId]) => open.has(pullRequestId)).map(([, { id }]) => id),
  );
  const organizationId = pullRequests[0]?.organizationId ?? "";
  const oldInputs = new Set(
    (
      await context.runs.changedInputs(
        tx,
        organizationId,
        affected.filter((row) => openPatchSets.has(row.patchSetId)).flatMap((row) => row.runId ?? []),
      )
    ).keys(),
  );
  const approvals = await approvalsOf(tx, ids);
  const contributors = await contributorsOf(tx, ids);
  const proposals = new Map((await proposedStatesOf(tx, ids)).map((one) => [one.pullRequestId, one]));
  const outsiders = await outsidersOf(tx, context, pullRequests, people);
  const all: PullRequestFacts[] = [];
  for (const pullRequest of pullRequests) {
    const repository = repositories.get(pullRequest.repositoryId);
    const patchSet = patchSets.get(pullRequest.id);
    if (repository === undefined || patchSet === undefined) continue;
    const reader = await openReader(context.caches, repository, context.forge.objects(repository));
    const own = runs.filter((run) => run.pullRequestId === pullRequest.id);
    const proposal = proposals.get(pullRequest.id) ?? null;
    const canBeMerged = pullRequest.status === "open" && patchSet.trialCommit !== null;
    all.push({
      pullRequest,
      repository,
      patchSets: [patchSet],
      patchSet,
      affected: affected.filter((row) => row.patchSetId === patchSet.id),
      runs: new Map(own.map((run) => [run.id, run])),
      applies: newestApplies(own),
      approvals: approvals.filter((approval) => approval.pullRequestId === pullRequest.id),
      // An address that was nobody's when it was pushed may be somebody's now.
      contributors: distinctContributors([
        ...contributors.filter((one) => one.pullRequestId === pullRequest.id),
        ...contributorsByAddress(patchSet.addresses, people),
      ]),
      people,
      outsiders: outsiders.get(pullRequest.id) ?? new Set(),
      rules: await rulesUnderOrganization(context, repository, repository.headCommit, policies),
      oldInputs,
      unplanned: canBeMerged ? await unplannedBy(tx, { pullRequest, patchSet, repository }) : [],
      proposal,
      applying: proposal === null ? null : await applyingIn(tx, context, pullRequest, proposal.workspaceId),
      dependents:
        canBeMerged && pullRequest.purpose === "destroy"
          ? [
              ...(await remainingDependents(
                tx,
                reader,
                repository.headCommit ?? patchSet.base,
                affected.filter((row) => row.patchSetId === patchSet.id),
              )),
              ...(await dependentsElsewhere(
                tx,
                context,
                repository,
                repositories.values(),
                affected.filter((row) => row.patchSetId === patchSet.id),
              )),
            ]
          : null,
      missingApplies: canBeMerged ? await missingApplies(tx, context, reader, repository, patchSet) : [],
    });
  }
  return all;
}

/** Of each pull request, by its id, the people who see a part of it at most: only who is kept to clients may be one. */
async function outsidersOf(
  tx: Tx,
  context: PullRequestsContext,
  pullRequests: readonly PullRequestRecord[],
  people: readonly PersonView[],
): Promise<Map<string, Set<string>>> {
  const kept = people.filter(({ roles }) => areKeptToClients(roles));
  if (kept.length === 0) return new Map();
  const touched = await touchedBy(tx, context, pullRequests);
  const seesWhole = (id: string, { roles }: PersonView): boolean => {
    const one = touched.get(id);
    return one !== undefined && sightOfTouched({ kind: "person", roles, scopes: null }, one) === "whole";
  };
  return new Map(
    pullRequests.map(({ id }) => [
      id,
      new Set(kept.filter((person) => !seesWhole(id, person)).map((person) => person.id)),
    ]),
  );
}

/** Runs come newest first. */
function newestApplies(runs: readonly RunFacts[]): Map<string, RunFacts> {
  const applies = new Map<string, RunFacts>();
  for (const run of runs) {
    if (run.kind === "apply" && !applies.has(run.workspace.id)) applies.set(run.workspace.id, run);
  }
  return applies;
}

/** The newest plan of an affected workspace. */
export function planOf(facts: PullRequestFacts, row: AffectedRecord): RunFacts | undefined {
  return row.runId === null ? undefined : facts.runs.get(row.runId);
}

/** The paths for which a code owner is wanted, each once. */
export function ownedPaths(facts: PullRequestFacts): string[] {
  const { patchSet, affected } = facts;
  return [
    ...new Set([...patchSet.changedPaths, ...patchSet.promotedPaths, ...affected.flatMap((row) => row.touchedPaths)]),
  ];
}

/** Environments of main whose rules hold for the change: those with plans, and those whose files it changes. */
export function touchedEnvironments(facts: PullRequestFacts): string[] {
  const names = new Set(facts.affected.map((row) => row.environment));
  for (const { name, path } of facts.rules.configuration?.environments ?? [])
    if (facts.patchSet.changedPaths.some((changed) => changed.startsWith(`${path}/`))) names.add(name);
  return [...names];
}

/** Name and display name of a person; null for the system. */
export function nameOf(facts: Pick<PullRequestFacts, "people">, id: string | null): PersonRef | null {
  const person = facts.people.find((one) => one.id === id);
  return person === undefined ? null : { name: person.name, displayName: person.displayName };
}
