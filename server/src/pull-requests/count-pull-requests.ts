import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { seesRowsOfClients } from "../access/kept-to-clients.ts";
import { repositoryNamed } from "../repositories/find-repository.ts";
import { countOpen, openPullRequests } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { sightOf } from "./sight.ts";

/** How many pull requests of a repository are open, of those that the actor sees. Throws `not_found`. */
export async function countOpenPullRequests(
  context: Pick<PullRequestsContext, "db" | "caches" | "forge">,
  actor: Actor,
  repository: string,
): Promise<number> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { repositoryId } = await repositoryNamed(tx, actor, repository);
    if (!seesRowsOfClients(actor)) return countOpen(tx, repositoryId);
    const sights = await sightOf(tx, context, actor, await openPullRequests(tx, repositoryId));
    return [...sights.values()].filter((sight) => sight !== "none").length;
  });
}
