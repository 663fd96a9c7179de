import { randomUUIDv7 } from "node:crypto";
import { canonicalJson } from "@plumbline/contract";
import type { AuditAction } from "@plumbline/contract";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Who is written down as having acted. */
export interface AuditActor {
  kind: "person" | "runner" | "system";
  organizationId: string;
  id: string | null;
  name: string;
}

/** What is written down. `details` never holds a secret. */
export interface AuditEntry {
  /** `noun.verb` in the past: "pull_request.merged". */
  action: AuditAction;
  /** One sentence for people: "owner merged #12 into main". */
  text: string;
  workspace?: string;
  environment?: string;
  pullRequest?: number;
  run?: number;
  details?: Record<string, unknown>;
}

/**
 * Appends an entry to the audit log in the caller's transaction, so that the act and its entry commit together. Call it
 * last: the log's head stays locked until the commit. Answers the entry's sequence number.
 *
 * The canonical text (RFC 8785) is what the leaf hash is over; its members are the version, organization, event id,
 * time, actor, action, sentence, place and details.
 */
export async function recordAudit(tx: Tx, actor: AuditActor, entry: AuditEntry): Promise<number> {
  const at = new Date().toISOString();
  const eventId = randomUUIDv7();
  const canonical = canonicalJson({
    version: 1,
    organization: actor.organizationId,
    event: eventId,
    at,
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    action: entry.action,
    text: entry.text,
    workspace: entry.workspace,
    environment: entry.environment,
    pullRequest: entry.pullRequest,
    run: entry.run,
    details: entry.details ?? {},
  });
  const { rows } = await sql<{ sequence: number }>`
    select audit_append(${actor.organizationId}, ${eventId}, ${at}, ${actor.kind}, ${actor.id}, ${actor.name},
      ${entry.action}, ${entry.workspace ?? null}, ${entry.environment ?? null}, ${entry.pullRequest ?? null},
      ${entry.run ?? null}, ${canonical}) as sequence`.execute(tx);
  return Number(rows[0]?.sequence);
}
