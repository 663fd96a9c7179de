import { sql } from "kysely";
import type { ExpressionBuilder } from "kysely";
import type { Database } from "../platform/database/schema.gen.ts";
import type { Tx } from "../platform/database/pools.ts";

/** What to look for. Times are inclusive from, exclusive to. */
export interface AuditFilter {
  sequence?: number | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  workspace?: string | undefined;
  pullRequest?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Only entries of one of these environments, or of none but about one of these pull requests. */
  within?: { environments: readonly string[]; pullRequests: readonly number[] } | undefined;
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

/**
 * Entries are numbered in the order of their commits, and timed when they are written: an entry's time may lie before that
 * of entries with smaller numbers, but only of those who waited for the log's head together, fewer than connections are.
 */
const mostWaiting = 1_000;

function filtered(tx: Tx, filter: AuditFilter) {
  return tx
    .selectFrom("audit_events")
    .select(["sequence", "canonical", "leaf_hash as leafHash"])
    .$if(filter.sequence !== undefined, (query) => query.where("sequence", "=", filter.sequence ?? 0))
    .$if(filter.actor !== undefined, (query) => query.where("actor_name", "=", filter.actor ?? ""))
    .$if(filter.action !== undefined, (query) => {
      // A range, not LIKE: row-level security lets only such comparisons into an index.
      const begin = filter.action ?? "";
      const action = sql<string>`action collate "C"`;
      return query.where(action, ">=", begin).where(action, "<", `${begin}\u{10ffff}`);
    })
    .$if(filter.workspace !== undefined, (query) => query.where("workspace", "=", filter.workspace ?? ""))
    .$if(filter.pullRequest !== undefined, (query) => query.where("pull_request", "=", filter.pullRequest ?? 0))
    .$if(filter.within !== undefined, (query) => query.where((where) => isWithin(where, filter.within)))
    .$if(filter.from !== undefined, (query) =>
      query.where("at", ">=", sql<Date>`${filter.from}::timestamptz`).where(
        "sequence",
        ">=",
        sql<number>`(select min(sequence) from (
          select sequence from audit_events where organization_id = plumbline_organization()
            and at >= ${filter.from}::timestamptz order by at, sequence limit ${mostWaiting}) as first)`,
      ),
    )
    .$if(filter.to !== undefined, (query) =>
      query.where("at", "<", sql<Date>`${filter.to}::timestamptz`).where(
        "sequence",
        "<=",
        sql<number>`(select max(sequence) from (
          select sequence from audit_events where organization_id = plumbline_organization()
            and at < ${filter.to}::timestamptz order by at desc, sequence desc limit ${mostWaiting}) as last)`,
      ),
    );
}

function isWithin(where: ExpressionBuilder<Database, "audit_events">, within: AuditFilter["within"]) {
  const { environments = [], pullRequests = [] } = within ?? {};
  return where.or([
    sql<boolean>`audit_events.environment = any(${[...environments]}::text[])`,
    where.and([
      where("environment", "is", null),
      sql<boolean>`audit_events.pull_request = any(${[...pullRequests]}::bigint[])`,
    ]),
  ]);
}

/** Entries that fit in each step of `seconds` from `from` on: the step's number from 0 → how many. Steps without one are absent. */
export async function countBySteps(
  tx: Tx,
  filter: AuditFilter & { from: string },
  seconds: number,
): Promise<Map<number, number>> {
  const rows = await filtered(tx, filter)
    .clearSelect()
    .select(({ fn }) => [
      sql<number>`floor(extract(epoch from at - ${filter.from}::timestamptz) / ${seconds})::int`.as("step"),
      fn.countAll<number>().as("count"),
    ])
    .groupBy("step")
    .execute();
  return new Map(rows.map(({ step, count }) => [step, Number(count)]));
}

/** Every environment that an entry is about: one look into the index for each. */
export async function environmentsOfLog(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ environment: string }>`
    with recursive names as (
      (select environment from audit_events where organization_id = plumbline_organization() and environment is not null
        order by environment limit 1)
      union all
      select (select environment from audit_events where organization_id = plumbline_organization()
        and environment > names.environment order by environment limit 1)
      from names where names.environment is not null
    )
    select environment from names where environment is not null`.execute(tx);
  return rows.map(({ environment }) => environment);
}

/** How many entries fit. */
export async function countFitting(tx: Tx, filter: AuditFilter): Promise<number> {
  const row = await filtered(tx, filter)
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
