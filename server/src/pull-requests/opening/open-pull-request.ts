import { problem } from "@plumbline/contract";
import type { PullRequestPurpose } from "@plumbline/contract";
import { parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { authorizeReading } from "../../access/kept-to-clients.ts";
import { peopleOf } from "../../people/find-people.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import { repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { rulesAt } from "../../repositories/rules.ts";
import { draftWithoutCommits } from "./draft-without-commits.ts";
import { requireProposer } from "./may-propose.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { storeOpened } from "./store-opened.ts";

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
  for (const name of request.workspaces) {
    const environment = parseWorkspaceName(name)?.environment;
    if (environment !== undefined)
      authorizeReading(actor, environment, () => problem("not_found", `There is no workspace ${name}.`));
  }
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
    const opened = await storeOpened(context, actor, {
      base,
      pullRequest: {
        repositoryId,
        purpose: request.purpose,
        title: request.title,
        description: request.description,
        ticket: request.ticket?.trim() ?? null,
        topic: request.topic ?? null,
        workspaces: [...request.workspaces],
        revertsNumber: request.revertsNumber ?? null,
        driftCase: request.driftCase ?? null,
      },
      draft,
      people,
      pushedBy: null,
      details: { workspaces: [...request.workspaces], driftCase: request.driftCase ?? null },
    });
    if (opened !== undefined) return opened;
  }
}
