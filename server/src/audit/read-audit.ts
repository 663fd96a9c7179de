import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import { countEntries, entriesAfter, entriesBefore } from "./audit-store.ts";
import type { AuditFilter, StoredEntry } from "./audit-store.ts";

export type { StoredEntry } from "./audit-store.ts";

/** A page of entries, newest first; `cursor` is what to give for the next page, null at the end. */
export async function readAudit(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ entries: StoredEntry[]; cursor: string | null }> {
  authorize(actor, "audit.read");
  const before = page.cursor === undefined ? null : Number.parseInt(page.cursor, 10) || 0;
  const entries = await db.transaction(actor.organizationId, (tx) => entriesBefore(tx, filter, before, page.limit + 1));
  const shown = entries.slice(0, page.limit);
  const last = shown.at(-1);
  return { entries: shown, cursor: entries.length > page.limit && last ? String(last.sequence) : null };
}

/** All entries that fit, oldest first, a thousand at a time, so that an export of any size needs little memory. */
export async function* exportAudit(db: Db, actor: Actor, filter: AuditFilter): AsyncGenerator<StoredEntry[]> {
  authorize(actor, "audit.read");
  let after = 0;
  for (;;) {
    const entries = await db.transaction(actor.organizationId, (tx) => entriesAfter(tx, filter, after, 1000));
    if (entries.length === 0) return;
    yield entries;
    after = entries.at(-1)?.sequence ?? after;
  }
}

/** The newest entries about a pull request, for its timeline; who calls has authorized reading that pull request. */
export async function entriesOfPullRequest(tx: Tx, pullRequest: number, limit = 500): Promise<StoredEntry[]> {
  return entriesBefore(tx, { pullRequest }, null, limit);
}

/** The newest entries of the organization, for the overview; who calls has authorized reading it. */
export async function newestEntries(tx: Tx, limit: number): Promise<StoredEntry[]> {
  return entriesBefore(tx, {}, null, limit);
}

/** How many entries the log holds. */
export async function auditSize(tx: Tx): Promise<number> {
  return countEntries(tx);
}
