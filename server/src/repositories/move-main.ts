import { Problem, problem } from "@plumbline/contract";
import { z } from "zod";
import type { RepositoryKey } from "../forges/forge.ts";
import type { Tx } from "../platform/database/pools.ts";
import { addTask, handleTask, task } from "../platform/tasks/index.ts";
import type { TaskHandler } from "../platform/tasks/index.ts";
import { repositoryWithId } from "./find-repository.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import type { Repository } from "./repository.ts";
import { setHeadCommit } from "./repository-store.ts";
import { declaredWorkspaces, syncWorkspaces } from "./sync-workspaces.ts";
import type { DeclaredWorkspace } from "./sync-workspaces.ts";
import { openReader } from "./repository-reader.ts";
import { tidyLater, tidyRepository, tidyTask } from "./tidy-repository.ts";

/**
 * Moves main to a commit in the caller's transaction, which holds the repository's lock, and brings its workspaces in
 * line. The row is what counts; `publishMain` moves the ref that people fetch once the transaction has committed, and a
 * task does so if this server does not live to.
 */
export async function moveMain(
  tx: Tx,
  context: RepositoriesContext,
  repository: Repository,
  to: string,
  declared: readonly DeclaredWorkspace[],
): Promise<void> {
  const { organizationId, repositoryId } = repository;
  await setHeadCommit(tx, repositoryId, to);
  // the request does it in a moment, and then the task has nothing to do
  const runAt = new Date(context.clock.now().getTime() + publishedAfter);
  await addTask(tx, publishMainTask, { organizationId, repositoryId }, { jobKey: `publish:${repositoryId}`, runAt });
  await tidyLater(tx, context, repository);
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

/** Milliseconds that a request has for publishing main itself. */
const publishedAfter = 3_000;

/** How often the ref is tried when somebody else moves it at the same moment: the request and the task may. */
const mostAttempts = 5;

/** Moves the ref main to where the row says it is. Again does nothing. */
export async function publishMain(context: RepositoriesContext, key: RepositoryKey, to: string): Promise<void> {
  const objects = context.forge.objects(key);
  for (let attempt = 1; ; attempt++) {
    const now = await context.forge.readMain(key);
    if (now === to) return;
    if ((await objects.treeOf(to)) === undefined) throw problem("internal", `The merge commit ${to} is missing.`);
    // Somebody may have published a later merge meanwhile: main never goes back.
    if (now !== null && (await objects.isAncestor(to, now))) return;
    try {
      await context.forge.moveMain(key, now, to);
      return;
    } catch (error) {
      const moved = error instanceof Problem && error.code === "conflict";
      if (!moved || attempt === mostAttempts) throw error;
    }
  }
}

/** Does what is left of it when a server was killed between the commit and the publication. */
const publishMainTask = task(
  "repositories.publish-main",
  z.object({ organizationId: z.uuid(), repositoryId: z.uuid() }),
);

/** The background work of repositories. */
export function repositoryTasks(context: RepositoriesContext): TaskHandler[] {
  return [
    handleTask(tidyTask, (key, { log }) => tidyRepository(context, key, log)),
    handleTask(publishMainTask, async ({ organizationId, repositoryId }) => {
      const { headCommit } = await context.db.transaction(organizationId, (tx) => repositoryWithId(tx, repositoryId));
      if (headCommit !== null) await publishMain(context, { organizationId, repositoryId }, headCommit);
    }),
  ];
}
