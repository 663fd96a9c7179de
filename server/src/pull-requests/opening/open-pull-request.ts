import { problem } from "@plumbline/contract";
import type { PullRequestPurpose } from "@plumbline/contract";
import { parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { authorizeReading } from "../../access/kept-to-clients.ts";
import { draftWithoutCommits } from "./draft-without-commits.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { openOverMain } from "./open-over-main.ts";

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
  const { id, number } = await openOverMain(context, actor, request.repositoryId, async (main) => {
    const destroy = request.purpose === "destroy";
    const { reader, base, rows } = main;
    const draft = await draftWithoutCommits(reader, { base, workspaces: request.workspaces, destroy, rows });
    await main.requireProposer(draft.environments);
    return {
      pullRequest: {
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
      pushedBy: null,
      details: { workspaces: [...request.workspaces], driftCase: request.driftCase ?? null },
    };
  });
  return { id, number };
}
