import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { expressionsToRead, keptToClients, seesRowsOfClients } from "../access/kept-to-clients.ts";
import type { Tx } from "../platform/database/pools.ts";
import { pullRequestsReaching, reachOfPullRequests } from "./patch-sets/reach-store.ts";
import type { PullRequestReach } from "./patch-sets/reach-store.ts";
import type { PullRequestRecord } from "./pull-request.ts";
import { pullRequestByNumber } from "./pull-request-store.ts";

/**
 * How much of a pull request somebody sees. Everybody who is not kept to clients: `whole`; where he asked for a client's
 * rows, `none` of those that do not touch it. Who is kept: `whole` where none of
 * its patch sets ever touched anything but environments that he may read, `part` where it touches one of them among
 * others, `none` where it touches none: then it is not there for him.
 */
export type Sight = "whole" | "part" | "none";

/** The client's environment that a file belongs to: `globex/prod` of `environments/globex/prod/network.tfvars`. */
export function clientEnvironmentOf(path: string): string | undefined {
  const [root, first, second, ...rest] = path.split("/");
  if (root !== "environments" || first === undefined || second === undefined || rest.length === 0) return undefined;
  return `${first}/${second}`;
}

/** Whether a file belongs to an environment of a client that the actor may read. */
export function mayReadPath(actor: Actor, path: string): boolean {
  const environment = clientEnvironmentOf(path);
  return environment !== undefined && may(actor, "environment.read", environment);
}

/** How much of each of these pull requests the actor sees, by id. */
export async function sightOf(
  tx: Tx,
  actor: Actor,
  pullRequests: readonly Pick<PullRequestRecord, "id" | "revertsNumber">[],
): Promise<Map<string, Sight>> {
  if (!seesRowsOfClients(actor)) return new Map(pullRequests.map(({ id }) => [id, "whole"]));
  const reaches = await reachOfPullRequests(
    tx,
    pullRequests.map(({ id }) => id),
  );
  const sights = new Map<string, Sight>();
  for (const { id, revertsNumber } of pullRequests) {
    const sight = sightOfReach(actor, reaches.get(id));
    // What takes another one back carries its title.
    const reverted =
      sight === "whole" && revertsNumber !== null ? await pullRequestByNumber(tx, revertsNumber) : undefined;
    const whole = reverted === undefined || (await sightOf(tx, actor, [reverted])).get(reverted.id) === "whole";
    sights.set(id, sight === "whole" && !whole ? "part" : sight);
  }
  return sights;
}

/** Numbers of the pull requests that somebody who is kept to clients sees whole. */
export async function wholePullRequests(tx: Tx, actor: Actor): Promise<number[]> {
  const expressions = expressionsToRead(actor) ?? [];
  const found = await pullRequestsReaching(tx, expressions);
  const sights = await sightOf(tx, actor, found);
  return found.filter(({ id }) => sights.get(id) === "whole").map(({ number }) => number);
}

function sightOfReach(actor: Actor, reach: PullRequestReach | undefined): Sight {
  if (reach === undefined) return "none";
  const reads = [
    ...reach.environments.map((name) => may(actor, "environment.read", name)),
    ...reach.paths.map((path) => mayReadPath(actor, path)),
  ];
  if (reads.length > 0 && reads.every(Boolean)) return "whole";
  if (!reads.some(Boolean)) return "none";
  return keptToClients(actor) ? "part" : "whole";
}

/** The pull request of that number and how much of it the actor sees. Throws `not_found` where that is nothing. */
export async function pullRequestSeenBy(
  tx: Tx,
  actor: Actor,
  number: number,
  lock = false,
): Promise<{ pullRequest: PullRequestRecord; sight: Exclude<Sight, "none"> }> {
  const found = await pullRequestByNumber(tx, number, lock);
  const sight = found === undefined ? "none" : ((await sightOf(tx, actor, [found])).get(found.id) ?? "none");
  if (found === undefined || sight === "none") throw problem("not_found", `There is no pull request #${number}.`);
  return { pullRequest: found, sight };
}

/** The same, for an act on it. Throws `not_allowed` where the actor sees only a part. */
export async function pullRequestActedOnBy(
  tx: Tx,
  actor: Actor,
  number: number,
  lock = false,
): Promise<PullRequestRecord> {
  const { pullRequest, sight } = await pullRequestSeenBy(tx, actor, number, lock);
  if (sight === "part")
    throw problem("not_allowed", `You see only a part of #${number}: it touches more than your clients.`);
  return pullRequest;
}

/** The changed files that the actor may see: to who is kept to clients, those of his environments alone. */
export function filesSeenBy<File extends { path: string; oldPath: string | null }>(
  actor: Actor,
  files: readonly File[],
): File[] {
  if (!keptToClients(actor)) return [...files];
  return files.filter(
    ({ path, oldPath }) => mayReadPath(actor, path) && (oldPath === null || mayReadPath(actor, oldPath)),
  );
}
