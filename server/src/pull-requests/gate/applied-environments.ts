import { environmentBefore } from "@plumbline/contract/configuration/configuration";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Tx } from "../../platform/database/pools.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { Repository } from "../../repositories/repository.ts";
import { workspacesByName } from "../../repositories/sync-workspaces.ts";
import type { WorkspaceRow } from "../../repositories/sync-workspaces.ts";
import { movedPins } from "../patch-sets/promoted-paths.ts";
import type { PatchSetRecord } from "../pull-request.ts";
import { pullRequestsMergedAs } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunFacts } from "../runs-port.ts";

/** A pin whose commit the environment before has not applied cleanly. */
export interface MissingApply {
  /** The environment whose pin is moved. */
  environment: string;
  /** The one before it in the order of promotion. */
  before: string;
  commit: string;
  why: string;
}

/** What is applied in a repository, and what is not. */
export interface AppliedState {
  configuration: Configuration;
  workspaces: readonly WorkspaceRow[];
  /** Apply runs that have not ended well. */
  unapplied: readonly RunFacts[];
  /** Order of merges, by merge commit. */
  sequences: ReadonlyMap<string, number>;
}

/** Reads what is applied; `commits` are those that will be asked about. */
export async function readAppliedState(
  tx: Tx,
  context: Pick<PullRequestsContext, "runs">,
  repositoryId: string,
  configuration: Configuration,
  commits: readonly string[],
): Promise<AppliedState> {
  const merged = await pullRequestsMergedAs(tx, commits);
  return {
    configuration,
    workspaces: [...(await workspacesByName(tx, repositoryId)).values()],
    unapplied: await context.runs.unappliedRuns(tx, repositoryId),
    sequences: new Map(merged.map((one) => [one.mergeCommit ?? "", one.mergeSequence ?? 0])),
  };
}

/** Which pins that a patch set moves may not be moved yet, and why. */
export async function missingApplies(
  tx: Tx,
  context: PullRequestsContext,
  reader: RepositoryReader,
  repository: Repository,
  patchSet: PatchSetRecord,
): Promise<MissingApply[]> {
  const [main, trial] = await Promise.all([
    repository.headCommit === null ? undefined : reader.state(repository.headCommit),
    patchSet.trialCommit === null ? undefined : reader.state(patchSet.trialCommit),
  ]);
  if (main === undefined || trial === undefined) return [];
  const { configuration } = main.values;
  const pins = movedPins(patchSet.base, main, trial, new Map());
  if (pins.length === 0) return [];
  const commits = pins.map((pin) => pin.to);
  const state = await readAppliedState(tx, context, repository.repositoryId, configuration, commits);
  const missing: MissingApply[] = [];
  for (const { environment, to } of pins) {
    const before = environmentBefore(configuration, environment);
    if (before === undefined) continue;
    const why = await whyNotApplied(reader, state, before.name, to);
    if (why !== null) missing.push({ environment, before: before.name, commit: to, why });
  }
  return missing;
}

/** Why a commit of main has not been applied cleanly in an environment; null where it has. */
export async function whyNotApplied(
  reader: RepositoryReader,
  state: AppliedState,
  name: string,
  commit: string,
): Promise<string | null> {
  const environment = state.configuration.environments.find((one) => one.name === name);
  if (environment === undefined) return `there is no environment ${name}`;
  const { pin } = environment;
  if (pin !== undefined && !(await reader.objects.isAncestor(commit, pin.ref)))
    return `${name} is pinned to ${pin.ref.slice(0, 8)}, which does not hold it`;
  const here = state.workspaces.filter((row) => row.environment === name && row.declared);
  if (here.length > 0 && here.every((row) => row.appliedCodeCommit === null))
    return `nothing was applied in ${name} yet`;
  // What was merged after it does not matter to it, unless a pin has brought all of that here.
  const limit = pin === undefined ? (state.sequences.get(commit) ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
  const open = state.unapplied.find((run) => run.workspace.environment === name && (run.mergeSequence ?? 0) <= limit);
  return open === undefined ? null : `run ${open.number} of ${open.workspace.name} is ${wordFor(open)}`;
}

function wordFor(run: RunFacts): string {
  return run.status === "held" ? "held for approval" : run.status;
}
