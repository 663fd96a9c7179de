import { problem } from "@plumbline/contract";
import type { PullRequestPurpose } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { nextNumber } from "../../organizations/numbers.ts";
import { peopleOf } from "../../people/find-people.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import { lockedRepository, repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { rulesAt } from "../../repositories/rules.ts";
import { draftWithoutCommits } from "./draft-without-commits.ts";
import { requireProposer } from "./may-propose.ts";
import { addContributors } from "../patch-sets/patch-set-store.ts";
import { insertPullRequest } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { storePatchSet } from "../patch-sets/store-patch-set.ts";

/** A pull request without commits. */
export interface WithoutCommits {
  repositoryId: string;
  purpose: PullRequestPurpose;
  title: string;
  description: string;
  /** Names: `network/prod`. */
  workspaces: readonly string[];
  ticket?: string | undefined;
  /** The number of the drift case that it reverts. */
  driftCase?: number | undefined;
  revertsNumber?: number | undefined;
  /** By which the one who opened it finds it again. */
  topic?: string | undefined;
}

/**
 * Opens a pull request without commits: it plans workspaces as main declares them (their pin included), or, for the
 * purpose destroy, plans to destroy them. Whoever opens it may propose to each environment.
 */
export async function openPullRequestWithoutCommits(
  context: PullRequestsContext,
  actor: Actor,
  request: WithoutCommits,
): Promise<{ id: string; number: number }> {
  authorize(actor, "environment.propose");
  const { organizationId } = actor;
  const { repositoryId } = request;
  for (;;) {
    const { repository, rows, people } = await context.db.transaction(organizationId, async (tx) => ({
      repository: await repositoryWithId(tx, repositoryId),
      rows: await appliedWorkspaces(tx, repositoryId),
      people: await peopleOf(tx),
    }));
    const base = repository.headCommit;
    if (base === null) throw problem("wrong_status", `${repository.name} is empty.`);
    const reader = await openReader(context.caches, repository, context.forge.objects(repository));
    const destroy = request.purpose === "destroy";
    const draft = await draftWithoutCommits(reader, { base, workspaces: request.workspaces, destroy, rows });
    requireProposer(
      actor,
      draft.environments,
      await rulesAt(reader, base),
      people.find(({ id }) => id === actor.id),
    );
    const opened = await context.db.transaction(organizationId, async (tx) => {
      const locked = await lockedRepository(tx, repositoryId);
      if (locked.headCommit !== base) return undefined;
      const added = { id: context.newId(), number: await nextNumber(tx, organizationId, "pull_request") };
      await insertPullRequest(tx, {
        ...added,
        organizationId,
        repositoryId,
        purpose: request.purpose,
        title: request.title,
        description: request.description,
        ticket: request.ticket?.trim() ?? null,
        topic: request.topic ?? null,
        openedBy: actor.kind === "person" ? actor.id : null,
        workspaces: [...request.workspaces],
        revertsNumber: request.revertsNumber ?? null,
        driftCase: request.driftCase ?? null,
      });
      if (actor.kind === "person" && actor.id !== null)
        await addContributors(tx, organizationId, added.id, [{ personId: actor.id, reason: "opened" }]);
      await storePatchSet(tx, context, {
        pullRequest: { ...added, organizationId, repositoryId },
        draft,
        previous: undefined,
        kind: "pushed",
        pushedBy: null,
        people,
        mayPlan: true,
        rulesChanged: false,
      });
      await recordAudit(tx, actor, {
        action: "pull_request.opened",
        text: `${actor.name} opened #${added.number}: ${request.title}`,
        pullRequest: added.number,
        details: {
          repository: repository.name,
          purpose: request.purpose,
          workspaces: [...request.workspaces],
          driftCase: request.driftCase ?? null,
        },
      });
      return added;
    });
    if (opened !== undefined) return opened;
  }
}
