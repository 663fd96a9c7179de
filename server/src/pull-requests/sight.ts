import { problem } from "@plumbline/contract";
import type { Actor, Rights } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { expressionsToRead, keptToClients, seesRowsOfClients } from "../access/kept-to-clients.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { EnvironmentsOfPath } from "../repositories/environments-of-path.ts";
import type { Rules } from "../repositories/rules.ts";
import { pullRequestsReaching } from "./patch-sets/reach-store.ts";
import type { PullRequestRecord } from "./pull-request.ts";
import { pullRequestByNumber } from "./pull-request-store.ts";
import { touchedBy } from "./touched.ts";
import type { Places, Reaching, SightContext, Touched } from "./touched.ts";

/**
 * How much of a pull request somebody sees. Everybody who is not kept to clients: `whole`; where he asked for a client's
 * rows, `none` of those that do not touch it. Who is kept: `whole` where none of
 * its patch sets ever touched anything but environments that he may read, `part` where it touches one of them among
 * others, `none` where it touches none: then it is not there for him.
 */
export type Sight = "whole" | "part" | "none";

/** Whether a file belongs to environments that the actor may read, and to nothing else. */
export function mayReadPath(actor: Rights, environmentsOf: EnvironmentsOfPath, path: string): boolean {
  const environments = environmentsOf(path);
  return environments.length > 0 && environments.every((name) => may(actor, "environment.read", name));
}

/** How much of it somebody sees. */
export function sightOfTouched(actor: Rights, { environments, beyond, takenBack }: Touched): Sight {
  if (!seesRowsOfClients(actor)) return "whole";
  const reads = (name: string): boolean => may(actor, "environment.read", name);
  if (![...environments].some(reads)) return "none";
  const readsAll = (places: Places): boolean => !places.beyond && [...places.environments].every(reads);
  if (readsAll({ environments, beyond }) && (takenBack === null || readsAll(takenBack))) return "whole";
  return keptToClients(actor) ? "part" : "whole";
}

/** How much of each of these pull requests the actor sees, by id. */
export async function sightOf(
  tx: Tx,
  context: SightContext,
  actor: Actor,
  pullRequests: readonly Reaching[],
): Promise<Map<string, Sight>> {
  if (!seesRowsOfClients(actor)) return new Map(pullRequests.map(({ id }) => [id, "whole"]));
  const touched = await touchedBy(tx, context, pullRequests);
  return new Map([...touched].map(([id, one]) => [id, sightOfTouched(actor, one)]));
}

/** Numbers of the pull requests that somebody who is kept to clients sees whole. */
export async function wholePullRequests(tx: Tx, context: SightContext, actor: Actor): Promise<number[]> {
  const expressions = expressionsToRead(actor) ?? [];
  const found = await pullRequestsReaching(tx, expressions);
  const sights = await sightOf(tx, context, actor, found);
  return found.filter(({ id }) => sights.get(id) === "whole").map(({ number }) => number);
}

/** The pull request of that number and how much of it the actor sees. Throws `not_found` where that is nothing. */
export async function pullRequestSeenBy(
  tx: Tx,
  context: SightContext,
  actor: Actor,
  number: number,
  lock = false,
): Promise<{ pullRequest: PullRequestRecord; sight: Exclude<Sight, "none"> }> {
  const found = await pullRequestByNumber(tx, number, lock);
  const sight = found === undefined ? "none" : ((await sightOf(tx, context, actor, [found])).get(found.id) ?? "none");
  if (found === undefined || sight === "none") throw problem("not_found", `There is no pull request #${number}.`);
  return { pullRequest: found, sight };
}

/** The same, for an act on it. Throws `not_allowed` where the actor sees only a part. */
export async function pullRequestActedOnBy(
  tx: Tx,
  context: SightContext,
  actor: Actor,
  number: number,
  lock = false,
): Promise<PullRequestRecord> {
  const { pullRequest, sight } = await pullRequestSeenBy(tx, context, actor, number, lock);
  if (sight === "part")
    throw problem("not_allowed", `You see only a part of #${number}: it touches more than your clients.`);
  return pullRequest;
}

/** The changed files that the actor may see: to who is kept to clients, those of his environments alone. */
export function filesSeenBy<File extends { path: string; oldPath: string | null }>(
  actor: Actor,
  { environmentsOf }: Pick<Rules, "environmentsOf">,
  files: readonly File[],
): File[] {
  if (!keptToClients(actor)) return [...files];
  const reads = (path: string): boolean => mayReadPath(actor, environmentsOf, path);
  return files.filter(({ path, oldPath }) => reads(path) && (oldPath === null || reads(oldPath)));
}
