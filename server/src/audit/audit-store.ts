import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** What to look for. Times are inclusive from, exclusive to. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  workspace?: string | undefined;
  pullRequest?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** A stored entry as it is read. */
export interface StoredEntry {
  sequence: number;
  canonical: string;
  leafHash: Buffer;
}

/** Entries before a sequence number, newest first. */
export async function entriesBefore(
  tx: Tx,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<StoredEntry[]> {
  return filtered(tx, filter)
    .$if(before !== null, (query) => query.where("sequence", "<", before ?? 0))
    .orderBy("sequence", "desc")
    .limit(limit)
    .execute();
}

/** Entries after a sequence number, oldest first. */
export async function entriesAfter(tx: Tx, filter: AuditFilter, after: number, limit: number): Promise<StoredEntry[]> {
  return filtered(tx, filter).where("sequence", ">", after).orderBy("sequence", "asc").limit(limit).execute();
}

/** How many entries the log holds. */
export async function countEntries(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom("audit_events")
    .select(({ fn }) => fn.max("sequence").as("newest"))
    .executeTakeFirst();
  return Number(row?.newest ?? 0);
}

function filtered(tx: Tx, filter: AuditFilter) {
  return tx
    .selectFrom("audit_events")
    .select(["sequence", "canonical", "leaf_hash as leafHash"])
    .$if(filter.actor !== undefined, (query) => query.where("actor_name", "=", filter.actor ?? ""))
    .$if(filter.action !== undefined, (query) => query.where("action", "like", `${escapeLike(filter.action ?? "")}%`))
    .$if(filter.workspace !== undefined, (query) => query.where("workspace", "=", filter.workspace ?? ""))
    .$if(filter.pullRequest !== undefined, (query) => query.where("pull_request", "=", filter.pullRequest ?? 0))
    .$if(filter.from !== undefined, (query) => query.where("at", ">=", sql<Date>`${filter.from}::timestamptz`))
    .$if(filter.to !== undefined, (query) => query.where("at", "<", sql<Date>`${filter.to}::timestamptz`));
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
