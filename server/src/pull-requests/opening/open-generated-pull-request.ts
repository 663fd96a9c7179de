import { problem } from "@plumbline/contract";
import type { PullRequestPurpose } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import type { FileEdit } from "../../forges/builtin/merge.ts";
import type { Repository } from "../../repositories/repository.ts";
import { organizationRules } from "../../repositories/policy-repository.ts";
import { lookAround } from "../patch-sets/foreign-inputs.ts";
import { draftPatchSet, serverName } from "../patch-sets/patch-set-draft.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { MainNow } from "./open-over-main.ts";
import { openOverMain } from "./open-over-main.ts";

/** A pull request whose commit Plumbline writes on somebody's behalf. */
export interface Generated {
  repositoryId: string;
  purpose: PullRequestPurpose;
  title: string;
  description: string;
  /** What the commit changes: edits of files, or a whole tree made from main's tip. */
  content: { files: readonly FileEdit[] } | { tree: (base: string, repository: Repository) => Promise<string> };
  ticket?: string | undefined;
  revertsNumber?: number | undefined;
}

/**
 * Commits on top of main on behalf of the actor, who counts as its author, and opens a pull request for it. Throws
 * `wrong_status` where nothing would change, `not_allowed` without the right to propose to what it affects.
 */
export async function openGeneratedPullRequest(
  context: PullRequestsContext,
  actor: Actor,
  request: Generated,
): Promise<{ id: string; number: number }> {
  authorize(actor, "environment.propose");
  const { organizationId } = actor;
  const { repositoryId } = request;
  const { id, number, repository, commit } = await openOverMain(context, actor, repositoryId, async (main) => {
    const { base, reader, rows, people } = main;
    const applied = new Map(
      [...rows].flatMap(([name, row]) =>
        row.appliedCodeCommit === null ? [] : [[name, row.appliedCodeCommit] as const],
      ),
    );
    const draft = await draftPatchSet(reader, {
      base,
      commit: await writeCommit(context, actor, main, request),
      mergeBase: base,
      at: context.clock.now(),
      applied,
      people,
      organization: await organizationRules(context, organizationId),
      lookAround: lookAround(context, organizationId, repositoryId),
    });
    await main.requireProposer(draft.environments);
    return {
      pullRequest: {
        purpose: request.purpose,
        title: request.title.slice(0, 200),
        description: request.description,
        ticket: request.ticket?.trim() ?? null,
        topic: null,
        workspaces: null,
        revertsNumber: request.revertsNumber ?? null,
        driftCase: null,
      },
      draft,
      pushedBy: actor.kind === "person" ? actor.id : null,
      details: {
        commit: draft.commit,
        paths: draft.changedPaths.slice(0, 200),
        workspaces: draft.affected.map((workspace) => workspace.name),
      },
    };
  });
  await context.forge.keep(repository, [
    { name: `pull/${number}/head`, commit },
    { name: `pull/${number}/1`, commit },
  ]);
  return { id, number };
}

async function writeCommit(
  context: PullRequestsContext,
  actor: Actor,
  { repository, base }: MainNow,
  request: Generated,
): Promise<string> {
  const objects = context.forge.objects(repository);
  const { content } = request;
  const tree = "files" in content ? await objects.edit(base, content.files) : await content.tree(base, repository);
  if (tree === (await objects.treeOf(base)))
    throw problem("wrong_status", "Nothing would change: main says so already.", { next: "There is nothing to do." });
  const at = context.clock.now();
  // An address of our own: people are named by it only where they have no other.
  const author = { name: actor.displayName, address: actor.email ?? `${actor.name}@plumbline.invalid`, at };
  const ticket = request.ticket === undefined ? "" : `\nTicket: ${request.ticket.replaceAll(/\s+/g, " ").trim()}\n`;
  return objects.commit({
    tree,
    parents: [base],
    author,
    committer: { ...serverName, at },
    message: `${request.title.replaceAll(/\s+/g, " ")}\n${ticket}`,
  });
}
