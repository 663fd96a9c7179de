import { problem } from "@plumbline/contract";
import type { Comment } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { keptToClients } from "../../access/kept-to-clients.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { peopleOf } from "../../people/find-people.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { announce } from "../../platform/live.ts";
import { commentedFindings, findingBody } from "./comment-findings.ts";
import { commentsOf, insertDiscussion } from "./comment-store.ts";
import type { CommentRecord } from "./comment-store.ts";
import { nameOf, readFacts } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { affectedOf, newestPatchSets } from "../patch-sets/patch-set-store.ts";
import { stateOf } from "../showing/shown-state.ts";
import type { PullRequestRecord } from "../pull-request.ts";
import { narrowFacts } from "../narrow-facts.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { pullRequestActedOnBy, pullRequestSeenBy } from "../sight.ts";
import { changesPolicies } from "../replays/judged-by.ts";
import { summaryOf } from "./summary-of-facts.ts";

/** The discussion of a pull request, its one summary first; of plans it shows those that the actor may read. */
export async function listComments(context: PullRequestsContext, actor: Actor, number: number): Promise<Comment[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { pullRequest, sight } = await pullRequestSeenBy(tx, context, actor, number);
    const people = await peopleOf(tx);
    const comments = await commentsOf(tx, pullRequest.id);
    const shown = await narrower(tx, context, actor, pullRequest);
    return comments
      .flatMap((comment) => {
        // Who sees a part of a pull request sees neither what people say about the whole of it nor its summary.
        if (sight === "part" && comment.kind !== "finding") return [];
        if (shown === undefined || comment.kind === "discussion") return [comment];
        const body = comment.kind === "summary" ? shown.summary : shown.findings.get(comment.fingerprint ?? "");
        return body === undefined ? [] : [{ ...comment, body }];
      })
      .map((comment) => presentComment({ people }, comment));
  });
}

/**
 * Summary and comments on findings without the plans of environments that the actor may not read; undefined where he
 * may read all.
 */
async function narrower(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  pullRequest: PullRequestRecord,
): Promise<{ summary: string; findings: ReadonlyMap<string, string> } | undefined> {
  const newest = (await newestPatchSets(tx, [pullRequest.id])).get(pullRequest.id);
  const rows = newest === undefined ? [] : await affectedOf(tx, [newest.id]);
  const shows = rows.map((row) => row.environment);
  const policies = newest !== undefined && changesPolicies(newest.changedPaths);
  // What policies would do is told of every environment.
  const isReadable = [...shows, ...(policies ? ["*"] : [])].every((name) => may(actor, "environment.read", name));
  // Problems of other clients' files stand in the summary, too.
  if (isReadable && !keptToClients(actor)) return undefined;
  const facts = await readFacts(tx, context, pullRequest);
  const affected = facts.affected.filter((row) => may(actor, "environment.read", row.environment));
  const judgements = await context.runs.judgementsOf(
    tx,
    affected.flatMap((row) => row.runId ?? []),
  );
  const whole = { ...facts, affected };
  const readable = keptToClients(actor) ? narrowFacts(whole, actor, "whole") : whole;
  const state = stateOf(keptToClients(actor) ? readable : facts);
  const summary = await summaryOf(tx, context, readable, judgements, state, (environment) =>
    may(actor, "environment.read", environment),
  );
  const findings = commentedFindings(readable, judgements);
  return { summary, findings: new Map([...findings].map(([key, commented]) => [key, findingBody(commented)])) };
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
    const pullRequest = await pullRequestActedOnBy(tx, context, actor, number);
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
