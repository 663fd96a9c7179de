import { peopleOf } from "../people/find-people.ts";
import type { PersonView } from "../people/find-people.ts";
import type { Tx } from "../platform/database/pools.ts";
import { repositoryWithId } from "../repositories/find-repository.ts";
import { openReader } from "../repositories/repository-reader.ts";
import type { Repository } from "../repositories/repository.ts";
import { rulesAt } from "../repositories/rules.ts";
import type { Rules } from "../repositories/rules.ts";
import { approvalsOf } from "./approval-store.ts";
import { missingApplies } from "./applied-environments.ts";
import type { MissingApply } from "./applied-environments.ts";
import { affectedOf, contributorsOf, patchSetsOf } from "./patch-set-store.ts";
import type { AffectedRecord, ApprovalRecord, Contributor, PatchSetRecord, PullRequestRecord } from "./pull-request.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import type { RunFacts } from "./runs-port.ts";

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
  /** Main's. */
  rules: Rules;
  /** Pins that an earlier environment has not applied cleanly. */
  missingApplies: MissingApply[];
}

/** Reads the facts of a pull request. */
export async function readFacts(
  tx: Tx,
  context: PullRequestsContext,
  pullRequest: PullRequestRecord,
  known: { people?: PersonView[] } = {},
): Promise<PullRequestFacts> {
  const repository = await repositoryWithId(tx, pullRequest.repositoryId);
  const patchSets = await patchSetsOf(tx, pullRequest.id);
  const [patchSet] = patchSets;
  if (patchSet === undefined) throw new Error(`#${pullRequest.number} has no patch set`);
  const affected = await affectedOf(tx, [patchSet.id]);
  const runs = await context.runs.runsOfPullRequests(tx, [pullRequest.id]);
  const applies = new Map<string, RunFacts>();
  for (const run of runs) {
    if (run.kind === "apply" && !applies.has(run.workspace.id)) applies.set(run.workspace.id, run);
  }
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const rules = await rulesAt(reader, repository.headCommit);
  return {
    pullRequest,
    repository,
    patchSets,
    patchSet,
    affected,
    runs: new Map(runs.map((run) => [run.id, run])),
    applies,
    approvals: await approvalsOf(tx, [pullRequest.id]),
    contributors: await contributorsOf(tx, [pullRequest.id]),
    people: known.people ?? (await peopleOf(tx)),
    rules,
    missingApplies:
      pullRequest.status === "open" && patchSet.trialCommit !== null
        ? await missingApplies(tx, context, reader, repository, patchSet)
        : [],
  };
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
