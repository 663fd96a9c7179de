import { sql } from "kysely";
import type { Tx } from "../../platform/database/pools.ts";

/** A comment as stored. */
export interface CommentRecord {
  id: string;
  kind: "summary" | "discussion" | "finding";
  /** Null: Plumbline wrote it. */
  personId: string | null;
  body: string;
  file: string | null;
  line: number | null;
  fingerprint: string | null;
  createdAt: Date;
  editedAt: Date | null;
  resolvedAt: Date | null;
}

/** All comments of a pull request, the summary first, then oldest first. */
export async function commentsOf(tx: Tx, pullRequestId: string): Promise<CommentRecord[]> {
  const rows = await tx
    .selectFrom("comments")
    .select([
      "comment_id as id",
      "kind",
      "person_id as personId",
      "body",
      "file",
      "line",
      "fingerprint",
      "created_at as createdAt",
      "edited_at as editedAt",
      "resolved_at as resolvedAt",
    ])
    .where("pull_request_id", "=", pullRequestId)
    .orderBy("created_at")
    .orderBy("comment_id")
    .execute();
  return [...rows.filter((row) => row.kind === "summary"), ...rows.filter((row) => row.kind !== "summary")];
}

/** A comment to be added. */
export interface NewComment {
  organizationId: string;
  pullRequestId: string;
  id: string;
  personId: string | null;
  body: string;
  file: string | null;
  line: number | null;
  createdAt: Date;
}

export async function insertDiscussion(tx: Tx, comment: NewComment): Promise<void> {
  await tx
    .insertInto("comments")
    .values({ ...columnsOf(comment), kind: "discussion" })
    .execute();
}

/** Writes the one summary of a pull request, or edits it in place. */
export async function putSummary(
  tx: Tx,
  comment: Pick<NewComment, "organizationId" | "pullRequestId" | "id" | "body" | "createdAt">,
): Promise<void> {
  const known = await tx
    .selectFrom("comments")
    .select(["comment_id", "body"])
    .where("pull_request_id", "=", comment.pullRequestId)
    .where("kind", "=", "summary")
    .executeTakeFirst();
  if (known === undefined) {
    await tx
      .insertInto("comments")
      .values({ ...columnsOf({ ...comment, personId: null, file: null, line: null }), kind: "summary" })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } else if (known.body !== comment.body) {
    await tx
      .updateTable("comments")
      .set({ body: comment.body, edited_at: comment.createdAt })
      .where("comment_id", "=", known.comment_id)
      .execute();
  }
}

/** A finding's comment: written once, moved with its line, resolved when it is gone, opened again when it comes back. */
export async function putFinding(tx: Tx, comment: NewComment & { fingerprint: string }): Promise<void> {
  await tx
    .insertInto("comments")
    .values({ ...columnsOf(comment), kind: "finding", fingerprint: comment.fingerprint })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "pull_request_id", "fingerprint"])
        // Written out: a plan that is kept for any value could not find the partial index by it.
        .where("kind", "=", sql.lit("finding"))
        .doUpdateSet({ body: comment.body, file: comment.file, line: comment.line, resolved_at: null }),
    )
    .execute();
}

/** Resolves the comments of findings that are gone. */
export async function resolveFindings(
  tx: Tx,
  pullRequestId: string,
  present: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .updateTable("comments")
    .set({ resolved_at: at })
    .where("pull_request_id", "=", pullRequestId)
    .where("kind", "=", "finding")
    .where("resolved_at", "is", null)
    .$if(present.length > 0, (query) => query.where("fingerprint", "not in", [...present]))
    .execute();
}

function columnsOf(comment: NewComment) {
  return {
    organization_id: comment.organizationId,
    pull_request_id: comment.pullRequestId,
    comment_id: comment.id,
    person_id: comment.personId,
    body: comment.body,
    file: comment.file,
    line: comment.line,
    created_at: comment.createdAt,
  };
}
