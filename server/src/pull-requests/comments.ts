import { problem } from "@plumbline/contract";
import type { Comment } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { peopleOf } from "../people/find-people.ts";
import { announce } from "../platform/live.ts";
import { commentsOf, insertDiscussion } from "./comment-store.ts";
import type { CommentRecord } from "./comment-store.ts";
import type { PullRequestFacts } from "./facts.ts";
import { pullRequestNumbered } from "./load-pull-request.ts";
import { nameOf } from "./present.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** The discussion of a pull request, its one summary first. */
export async function listComments(context: PullRequestsContext, actor: Actor, number: number): Promise<Comment[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { id } = await pullRequestNumbered(tx, number);
    const people = await peopleOf(tx);
    return (await commentsOf(tx, id)).map((comment) => presentComment({ people }, comment));
  });
}

/** Says something on a pull request, or on a line of a file. */
export async function addComment(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
  said: { body: string; file?: string | undefined; line?: number | undefined },
): Promise<Comment> {
  authorize(actor, "pull_request.comment");
  if (said.line !== undefined && said.file === undefined)
    throw problem("invalid_request", "A line needs the file that it is in.");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const pullRequest = await pullRequestNumbered(tx, number);
    const record: CommentRecord = {
      id: context.newId(),
      kind: "discussion",
      personId: actor.id,
      body: said.body,
      file: said.file ?? null,
      line: said.line ?? null,
      fingerprint: null,
      createdAt: context.clock.now(),
      editedAt: null,
      resolvedAt: null,
    };
    const { organizationId } = actor;
    await insertDiscussion(tx, { ...record, organizationId, pullRequestId: pullRequest.id });
    await announce(tx, organizationId, [`pull-request:${number}`]);
    await recordAudit(tx, actor, {
      action: "pull_request.commented",
      text: `${actor.name} commented on #${number}`,
      pullRequest: number,
      details: { comment: record.id },
    });
    return presentComment({ people: await peopleOf(tx) }, record);
  });
}

function presentComment(people: Pick<PullRequestFacts, "people">, comment: CommentRecord): Comment {
  return {
    id: comment.id,
    kind: comment.kind,
    person: nameOf(people, comment.personId),
    body: comment.body,
    file: comment.file,
    line: comment.line,
    at: comment.createdAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    resolvedAt: comment.resolvedAt?.toISOString() ?? null,
  };
}
