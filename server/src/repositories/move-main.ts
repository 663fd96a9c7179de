import { problem } from "@plumbline/contract";
import type { RepositoryKey } from "../forges/forge.ts";
import { allOrganizations } from "../organizations/find-organization.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import type { Repository } from "./repository.ts";
import { listRepositories, setHeadCommit } from "./repository-store.ts";
import { declaredWorkspaces, syncWorkspaces } from "./sync-workspaces.ts";
import type { DeclaredWorkspace } from "./sync-workspaces.ts";
import { openReader } from "./repository-reader.ts";

/**
 * Moves main to a commit in the caller's transaction, which holds the repository's lock, and brings its workspaces in
 * line. The row is what counts; `publishMain` moves the ref that people fetch once the transaction has committed.
 */
export async function moveMain(
  tx: Tx,
  context: RepositoriesContext,
  repository: Repository,
  to: string,
  declared: readonly DeclaredWorkspace[],
): Promise<void> {
  await setHeadCommit(tx, repository.repositoryId, to);
  await syncWorkspaces(tx, context.newId, repository, declared);
}

/** What main will declare when it stands at this commit; nothing where its configuration is wrong. */
export async function declaredAt(
  context: Pick<RepositoriesContext, "caches" | "forge">,
  key: RepositoryKey,
  commit: string,
): Promise<DeclaredWorkspace[]> {
  const reader = await openReader(context.caches, key, context.forge.objects(key));
  const state = await reader.state(commit);
  return state === undefined ? [] : declaredWorkspaces(state);
}

/** Moves the ref main to where the row says it is. Again does nothing. */
export async function publishMain(context: RepositoriesContext, key: RepositoryKey, to: string): Promise<void> {
  const now = await context.forge.readMain(key);
  if (now === to) return;
  const objects = context.forge.objects(key);
  if ((await objects.treeOf(to)) === undefined) throw problem("internal", `The merge commit ${to} is missing.`);
  // Somebody may have published a later merge meanwhile: main never goes back.
  if (now !== null && (await objects.isAncestor(to, now))) return;
  await context.forge.moveMain(key, now, to);
}

/** After a start: publishes what a server that was killed between commit and publication left behind. */
export async function publishAllMains(context: RepositoriesContext): Promise<void> {
  for (const organization of await allOrganizations(context.db)) {
    const repositories = await context.db.transaction(organization.id, listRepositories);
    for (const repository of repositories) {
      if (repository.headCommit !== null) await publishMain(context, repository, repository.headCommit);
    }
  }
}
