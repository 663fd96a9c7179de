import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { seesRowsOfClients } from "../access/kept-to-clients.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import { auditSteps } from "./audit-steps.ts";
import {
  countBySteps,
  countEntries,
  countFitting,
  entriesAfter,
  entriesBefore,
  environmentsOfLog,
} from "./audit-store.ts";
import type { AuditFilter, StoredEntry } from "./audit-store.ts";

export type { StoredEntry } from "./audit-store.ts";

/** Numbers of the pull requests that somebody who is kept to clients sees whole: entries about them are his to read. */
export type WholePullRequests = (tx: Tx, actor: Actor) => Promise<readonly number[]>;

/**
 * Of which entries the log consists for the actor; undefined: of all. To who is kept to clients, of those about their
 * environments, and about pull requests that touch nothing else.
 */
async function within(tx: Tx, actor: Actor, whole: WholePullRequests | undefined): Promise<AuditFilter["within"]> {
  if (!seesRowsOfClients(actor)) return undefined;
  const environments = await environmentsOfLog(tx);
  return {
    environments: environments.filter((name) => may(actor, "environment.read", name)),
    pullRequests: whole === undefined ? [] : await whole(tx, actor),
  };
}

/** A page of entries, newest first; `cursor` is what to give for the next page, null at the end. */
export async function readAudit(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
  page: { cursor?: string | undefined; limit: number },
  whole?: WholePullRequests,
): Promise<{ entries: StoredEntry[]; cursor: string | null }> {
  authorize(actor, "audit.read");
  const before = page.cursor === undefined ? null : Number.parseInt(page.cursor, 10) || 0;
  const entries = await db.transaction(actor.organizationId, async (tx) =>
    entriesBefore(tx, { ...filter, within: await within(tx, actor, whole) }, before, page.limit + 1),
  );
  const shown = entries.slice(0, page.limit);
  const last = shown.at(-1);
  return { entries: shown, cursor: entries.length > page.limit && last ? String(last.sequence) : null };
}

/** The entry of that number. Throws `not_found` where there is none, or the actor is not told of it. */
export async function readEntry(
  db: Db,
  actor: Actor,
  sequence: number,
  whole?: WholePullRequests,
): Promise<StoredEntry> {
  authorize(actor, "audit.read");
  const found = await db.transaction(actor.organizationId, async (tx) =>
    entriesBefore(tx, { sequence, within: await within(tx, actor, whole) }, null, 1),
  );
  if (found[0] === undefined)
    throw problem("not_found", `There is no entry ${sequence} in the audit log.`, {
      next: "The list of the log holds the entries that you may see.",
    });
  return found[0];
}

/** All entries that fit, oldest first, a thousand at a time, so that an export of any size needs little memory. */
export async function* exportAudit(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
  whole?: WholePullRequests,
): AsyncGenerator<StoredEntry[]> {
  authorize(actor, "audit.read");
  const seen = { ...filter, within: await db.transaction(actor.organizationId, (tx) => within(tx, actor, whole)) };
  let after = 0;
  for (;;) {
    const entries = await db.transaction(actor.organizationId, (tx) => entriesAfter(tx, seen, after, 1000));
    if (entries.length === 0) return;
    yield entries;
    after = entries.at(-1)?.sequence ?? after;
  }
}

/**
 * How many entries fit in each step of the time the filter names; without one of the last 24 hours, this one included. Throws
 * `invalid_request` where it ends before it begins.
 */
export async function countAudit(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
  now: Date,
  whole?: WholePullRequests,
): Promise<{ from: string; stepSeconds: number; counts: number[]; total: number }> {
  authorize(actor, "audit.read");
  const { from, to, stepSeconds, steps } = auditSteps(filter, now);
  const found = await db.transaction(actor.organizationId, async (tx) =>
    countBySteps(tx, { ...filter, from, to, within: await within(tx, actor, whole) }, stepSeconds),
  );
  const counts = Array.from({ length: steps }, (_, step) => found.get(step) ?? 0);
  return { from, stepSeconds, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/** The newest entries about a pull request, for its timeline; who calls has authorized reading that pull request. */
export async function entriesOfPullRequest(tx: Tx, pullRequest: number, limit = 500): Promise<StoredEntry[]> {
  return entriesBefore(tx, { pullRequest }, null, limit);
}

/** The newest entries that the actor may be told of, for the overview; who calls has authorized reading it. */
export async function newestEntries(
  tx: Tx,
  actor: Actor,
  limit: number,
  whole?: WholePullRequests,
): Promise<StoredEntry[]> {
  return entriesBefore(tx, { within: await within(tx, actor, whole) }, null, limit);
}

/** How many entries the log holds for the actor. */
export async function auditSize(tx: Tx, actor: Actor, whole?: WholePullRequests): Promise<number> {
  const seen = await within(tx, actor, whole);
  return seen === undefined ? countEntries(tx) : countFitting(tx, { within: seen });
}
