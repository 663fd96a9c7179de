import type { PullRequestPurpose } from "@plumbline/contract";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { holdsWord } from "../platform/database/search-words.ts";
import type { PullRequestRecord } from "./pull-request.ts";

const columns = [
  "organization_id as organizationId",
  "pull_request_id as id",
  "number",
  "repository_id as repositoryId",
  "purpose",
  "status",
  "title",
  "description",
  "ticket",
  "topic",
  "opened_by as openedBy",
  "opened_at as openedAt",
  "workspaces",
  "reverts_number as revertsNumber",
  "drift_case as driftCase",
  "merged_at as mergedAt",
  "merged_by as mergedBy",
  "merge_commit as mergeCommit",
  "merge_sequence as mergeSequence",
  "closed_at as closedAt",
  "closed_by as closedBy",
] as const;
const Names = z.array(z.string()).nullable();

function pullRequests(tx: Tx) {
  return tx.selectFrom("pull_requests").select(columns);
}
type Row = Awaited<ReturnType<ReturnType<typeof pullRequests>["executeTakeFirstOrThrow"]>>;

function fromRow(row: Row): PullRequestRecord {
  return { ...row, workspaces: Names.parse(row.workspaces) };
}

/** The pull request of that number. With `lock` nobody else changes it until the commit. */
export async function pullRequestByNumber(
  tx: Tx,
  number: number,
  lock = false,
): Promise<PullRequestRecord | undefined> {
  const query = pullRequests(tx).where("number", "=", number);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

export async function pullRequestById(tx: Tx, id: string, lock = false): Promise<PullRequestRecord | undefined> {
  const query = pullRequests(tx).where("pull_request_id", "=", id);
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Open ones of a repository, newest first. */
export async function openPullRequests(tx: Tx, repositoryId: string): Promise<PullRequestRecord[]> {
  const rows = await pullRequests(tx)
    .where("repository_id", "=", repositoryId)
    .where("status", "=", "open")
    .orderBy("number", "desc")
    .execute();
  return rows.map(fromRow);
}

/** How many of a repository are open. */
export async function countOpen(tx: Tx, repositoryId: string): Promise<number> {
  const { count } = await tx
    .selectFrom("pull_requests")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("repository_id", "=", repositoryId)
    .where("status", "=", "open")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The newest of a topic in a repository, open or not. */
export async function newestOfTopic(
  tx: Tx,
  repositoryId: string,
  topic: string,
  limit: number,
): Promise<PullRequestRecord[]> {
  const rows = await pullRequests(tx)
    .where("repository_id", "=", repositoryId)
    .where("topic", "=", topic)
    .orderBy("number", "desc")
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** What a list asks for; `before` is a number, for the next page. */
export interface PullRequestFilter {
  repositoryId?: string | undefined;
  status?: PullRequestRecord["status"] | undefined;
  before?: number | undefined;
  /** Words, each of which the title holds, or is the number. */
  words?: readonly string[] | undefined;
  /** Only open ones, and these. */
  openOr?: readonly string[] | undefined;
}

/** Newest first. */
export async function findPullRequests(tx: Tx, filter: PullRequestFilter, limit: number): Promise<PullRequestRecord[]> {
  let query = pullRequests(tx);
  for (const word of filter.words ?? [])
    query = query.where(holdsWord(word, sql.ref("pull_requests.title"), sql.ref("pull_requests.number")));
  const rows = await query
    .$if(filter.repositoryId !== undefined, (query) => query.where("repository_id", "=", filter.repositoryId ?? ""))
    .$if(filter.status !== undefined, (query) => query.where("status", "=", filter.status ?? "open"))
    .$if(filter.openOr !== undefined, (query) =>
      query.where(sql<boolean>`(status = 'open' or pull_request_id = any(${[...(filter.openOr ?? [])]}::uuid[]))`),
    )
    .$if(filter.before !== undefined, (query) => query.where("number", "<", filter.before ?? 0))
    .orderBy("number", "desc")
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/** Numbers of the pull requests that were merged in a period, the newest first. */
export async function mergedBetween(tx: Tx, from: Date, to: Date): Promise<number[]> {
  const rows = await tx
    .selectFrom("pull_requests")
    .select("number")
    .where("status", "=", "merged")
    .where("merged_at", ">=", from)
    .where("merged_at", "<", to)
    .orderBy("merged_at", "desc")
    .orderBy("number", "desc")
    .execute();
  return rows.map(({ number }) => number);
}

/** Merged ones of a repository by their merge commits. */
export async function pullRequestsMergedAs(tx: Tx, commits: readonly string[]): Promise<PullRequestRecord[]> {
  if (commits.length === 0) return [];
  const rows = await pullRequests(tx)
    .where("merge_commit", "in", [...commits])
    .execute();
  return rows.map(fromRow);
}

/** The number of the newest pull request that reverts one and is not closed. */
export async function revertOf(tx: Tx, number: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom("pull_requests")
    .select("number")
    .where("reverts_number", "=", number)
    .where("status", "<>", "closed")
    .orderBy("number", "desc")
    .executeTakeFirst();
  return row?.number;
}

/** A pull request to be stored. */
export interface NewPullRequest {
  organizationId: string;
  id: string;
  number: number;
  repositoryId: string;
  purpose: PullRequestPurpose;
  title: string;
  description: string;
  ticket: string | null;
  topic: string | null;
  openedBy: string | null;
  workspaces: readonly string[] | null;
  revertsNumber: number | null;
  driftCase: number | null;
}

export async function insertPullRequest(tx: Tx, added: NewPullRequest): Promise<void> {
  await tx
    .insertInto("pull_requests")
    .values({
      organization_id: added.organizationId,
      pull_request_id: added.id,
      number: added.number,
      repository_id: added.repositoryId,
      purpose: added.purpose,
      status: "open",
      title: added.title,
      description: added.description,
      ticket: added.ticket,
      topic: added.topic,
      opened_by: added.openedBy,
      workspaces: added.workspaces === null ? null : JSON.stringify(added.workspaces),
      reverts_number: added.revertsNumber,
      drift_case: added.driftCase,
    })
    .execute();
}

export async function setTitleAndTicket(
  tx: Tx,
  id: string,
  change: { title?: string; ticket?: string },
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await tx.updateTable("pull_requests").set(change).where("pull_request_id", "=", id).execute();
}

/** Changes what one without commits is for. */
export async function setWithoutCommits(
  tx: Tx,
  id: string,
  change: { title: string; description: string; workspaces: readonly string[] },
): Promise<void> {
  const { title, description, workspaces } = change;
  await tx
    .updateTable("pull_requests")
    .set({ title, description, workspaces: JSON.stringify(workspaces) })
    .where("pull_request_id", "=", id)
    .execute();
}

export async function markMerged(
  tx: Tx,
  id: string,
  merge: { at: Date; by: string | null; commit: string; sequence: number },
): Promise<void> {
  await tx
    .updateTable("pull_requests")
    .set({
      status: "merged",
      merged_at: merge.at,
      merged_by: merge.by,
      merge_commit: merge.commit,
      merge_sequence: merge.sequence,
    })
    .where("pull_request_id", "=", id)
    .execute();
}

export async function markClosed(tx: Tx, id: string, at: Date, by: string | null): Promise<void> {
  await tx
    .updateTable("pull_requests")
    .set({ status: "closed", closed_at: at, closed_by: by })
    .where("pull_request_id", "=", id)
    .execute();
}
