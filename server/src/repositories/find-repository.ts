import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { expressionsToRead } from "../access/kept-to-clients.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import type { Repository } from "./repository.ts";
import * as store from "./repository-store.ts";
import { repositoriesWith } from "./workspace-row-store.ts";

/** The repository of that name, for whoever may read repositories. Throws `not_found`. */
export async function findRepository(context: { db: Db }, actor: Actor, name: string): Promise<Repository> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, (tx) => repositoryNamed(tx, actor, name));
}

/** The repository of that name; who calls has authorized. Throws `not_found`. */
export async function repositoryNamed(tx: Tx, actor: Actor, name: string): Promise<Repository> {
  const found = await store.repositoryByName(tx, name);
  if (found === undefined || (await repositoriesSeenBy(tx, actor, [found])).length === 0)
    throw problem("not_found", `There is no repository “${name.slice(0, 100)}”.`);
  return found;
}

/** The repository of that id; who calls has authorized. Throws `not_found`. */
export async function repositoryWithId(tx: Tx, repositoryId: string): Promise<Repository> {
  const found = await store.repositoryById(tx, repositoryId);
  if (found === undefined) throw problem("not_found", "There is no such repository.");
  return found;
}

/** Of these repositories those that the actor sees: to who is kept to clients, those with a workspace that he may read. */
export async function repositoriesSeenBy(
  tx: Tx,
  actor: Actor,
  repositories: readonly Repository[],
): Promise<Repository[]> {
  const expressions = expressionsToRead(actor);
  if (expressions === undefined) return [...repositories];
  const seen = new Set(await repositoriesWith(tx, expressions));
  return repositories.filter(({ repositoryId }) => seen.has(repositoryId));
}

/** All repositories of the transaction's organization; who calls has authorized. */
export async function allRepositories(tx: Tx): Promise<Repository[]> {
  return store.listRepositories(tx);
}

/**
 * The repository, locked until the commit. Whoever moves main or adds a patch set takes it first, so that nobody plans
 * against a main that has moved meanwhile.
 */
export async function lockedRepository(tx: Tx, repositoryId: string): Promise<Repository> {
  const found = await store.lockRepository(tx, repositoryId);
  if (found === undefined) throw problem("not_found", "There is no such repository.");
  return found;
}
