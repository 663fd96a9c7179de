import type { Tx } from "../platform/database/pools.ts";
import type { EnvironmentsOfPath } from "../repositories/environments-of-path.ts";
import { repositoryWithId } from "../repositories/find-repository.ts";
import { openReader } from "../repositories/repository-reader.ts";
import { rulesAt } from "../repositories/rules.ts";
import { reachOfPullRequests } from "./patch-sets/reach-store.ts";
import type { PullRequestReach } from "./patch-sets/reach-store.ts";
import type { PullRequestRecord } from "./pull-request.ts";
import { pullRequestByNumber } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** What is needed to read main's rules, by which it is judged whose a file is. */
export type SightContext = Pick<PullRequestsContext, "caches" | "forge">;

/** A pull request, as far as it is asked where it reaches. */
export type Reaching = Pick<PullRequestRecord, "id" | "repositoryId" | "revertsNumber">;

/** Where a change reaches. */
export interface Places {
  environments: ReadonlySet<string>;
  /** Whether it changes files that are no environment's own, or nothing at all. */
  beyond: boolean;
}

/** All that the patch sets of a pull request ever touched, and what it takes back, whose title it carries. */
export interface Touched extends Places {
  takenBack: Places | null;
}

/** What each of these pull requests touches, by its id. Whose a file is says the repository's main. */
export async function touchedBy(
  tx: Tx,
  context: SightContext,
  pullRequests: readonly Reaching[],
): Promise<Map<string, Touched>> {
  const known = new Map<string, EnvironmentsOfPath>();
  const ownersOf = async ({ repositoryId }: Reaching): Promise<EnvironmentsOfPath> => {
    const found = known.get(repositoryId) ?? (await environmentsOfMain(tx, context, repositoryId));
    known.set(repositoryId, found);
    return found;
  };
  const reaches = await reachOfPullRequests(
    tx,
    pullRequests.map(({ id }) => id),
  );
  const touched = new Map<string, Touched>();
  for (const one of pullRequests) {
    const environmentsOf = await ownersOf(one);
    const takenBack = await placesTakenBack(tx, environmentsOf, one.revertsNumber);
    touched.set(one.id, { ...placesOf(environmentsOf, reaches.get(one.id)), takenBack });
  }
  return touched;
}

/** What is touched by the pull request that one takes back, and by those that it took back in turn. */
async function placesTakenBack(
  tx: Tx,
  environmentsOf: EnvironmentsOfPath,
  number: number | null,
): Promise<Places | null> {
  const taken = number === null ? undefined : await pullRequestByNumber(tx, number);
  if (taken === undefined) return null;
  const own = placesOf(environmentsOf, (await reachOfPullRequests(tx, [taken.id])).get(taken.id));
  const before = await placesTakenBack(tx, environmentsOf, taken.revertsNumber);
  if (before === null) return own;
  return {
    environments: new Set([...own.environments, ...before.environments]),
    beyond: own.beyond || before.beyond,
  };
}

function placesOf(environmentsOf: EnvironmentsOfPath, reach: PullRequestReach | undefined): Places {
  const { environments, paths } = reach ?? { environments: [], paths: [] };
  const ofPaths = paths.map(environmentsOf);
  return {
    environments: new Set([...environments, ...ofPaths.flat()]),
    beyond: ofPaths.some((names) => names.length === 0) || environments.length + paths.length === 0,
  };
}

async function environmentsOfMain(tx: Tx, context: SightContext, repositoryId: string): Promise<EnvironmentsOfPath> {
  const repository = await repositoryWithId(tx, repositoryId);
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  return (await rulesAt(reader, repository.headCommit)).environmentsOf;
}
