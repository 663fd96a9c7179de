import type { TokenScope } from "@plumbline/contract";
import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** Whom a presented secret belongs to. */
export interface SecretOwner {
  organizationId: string;
  organization: string;
  personName: string;
  /** The token's scopes; null for a session. */
  scopes: TokenScope[] | null;
  /** The session's or token's id. */
  id: string;
}

/** Who holds a session that has not expired; needs a system transaction. */
export async function ownerOfSession(tx: Tx, hash: Buffer): Promise<SecretOwner | undefined> {
  const row = await tx
    .selectFrom("sessions as s")
    .innerJoin("people as p", (join) =>
      join.onRef("p.organization_id", "=", "s.organization_id").onRef("p.person_id", "=", "s.person_id"),
    )
    .innerJoin("organizations as o", "o.organization_id", "s.organization_id")
    .select([
      "s.organization_id as organizationId",
      "o.name as organization",
      "p.name as personName",
      "s.session_id as id",
    ])
    .where("s.token_hash", "=", hash)
    .where("s.expires_at", ">", sql<Date>`now()`)
    .where("p.disabled_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, scopes: null };
}

/** Who holds an API token that is neither expired nor revoked; notes its use, at most once a minute. */
export async function ownerOfToken(tx: Tx, hash: Buffer): Promise<SecretOwner | undefined> {
  const row = await tx
    .selectFrom("api_tokens as t")
    .innerJoin("people as p", (join) =>
      join.onRef("p.organization_id", "=", "t.organization_id").onRef("p.person_id", "=", "t.person_id"),
    )
    .innerJoin("organizations as o", "o.organization_id", "t.organization_id")
    .select([
      "t.organization_id as organizationId",
      "o.name as organization",
      "p.name as personName",
      "t.token_id as id",
      "t.scopes",
      "t.last_used_at as lastUsedAt",
    ])
    .where("t.token_hash", "=", hash)
    .where("t.revoked_at", "is", null)
    .where((where) => where.or([where("t.expires_at", "is", null), where("t.expires_at", ">", sql<Date>`now()`)]))
    .where("p.disabled_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { lastUsedAt, scopes, ...owner } = row;
  if (lastUsedAt === null || Date.now() - lastUsedAt.getTime() > 60_000)
    await tx
      .updateTable("api_tokens")
      .set({ last_used_at: sql`now()` })
      .where("token_hash", "=", hash)
      .execute();
  return { ...owner, scopes: scopes as TokenScope[] };
}

/** Keeps a session. */
export async function insertSession(
  tx: Tx,
  session: { organizationId: string; id: string; personId: string; hash: Buffer; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto("sessions")
    .values({
      organization_id: session.organizationId,
      session_id: session.id,
      person_id: session.personId,
      token_hash: session.hash,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** Ends one session by its secret's hash. */
export async function deleteSession(tx: Tx, hash: Buffer): Promise<void> {
  await tx.deleteFrom("sessions").where("token_hash", "=", hash).execute();
}

/** Ends a person's sessions and tokens. */
export async function endAllSecrets(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom("sessions").where("person_id", "=", personId).execute();
  await tx
    .updateTable("api_tokens")
    .set({ revoked_at: sql`now()` })
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .execute();
}

/** An API token as stored. */
export interface TokenRecord {
  id: string;
  name: string;
  scopes: TokenScope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** A person's API tokens, newest first. */
export async function tokensOf(tx: Tx, personId: string): Promise<TokenRecord[]> {
  const rows = await tx
    .selectFrom("api_tokens")
    .select([
      "token_id as id",
      "name",
      "scopes",
      "created_at as createdAt",
      "expires_at as expiresAt",
      "last_used_at as lastUsedAt",
      "revoked_at as revokedAt",
    ])
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .execute();
  return rows.map((row) => ({ ...row, scopes: row.scopes as TokenScope[] }));
}

/** Keeps an API token. */
export async function insertToken(
  tx: Tx,
  token: {
    organizationId: string;
    id: string;
    personId: string;
    name: string;
    hash: Buffer;
    scopes: TokenScope[];
    expiresAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto("api_tokens")
    .values({
      organization_id: token.organizationId,
      token_id: token.id,
      person_id: token.personId,
      name: token.name,
      token_hash: token.hash,
      scopes: token.scopes,
      expires_at: token.expiresAt,
    })
    .execute();
}

/** Revokes a person's token; answers its name, or undefined where there is none that is not revoked. */
export async function revokeTokenOf(tx: Tx, personId: string, id: string): Promise<string | undefined> {
  const row = await tx
    .updateTable("api_tokens")
    .set({ revoked_at: sql`now()` })
    .where("person_id", "=", personId)
    .where("token_id", "=", id)
    .where("revoked_at", "is", null)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}
