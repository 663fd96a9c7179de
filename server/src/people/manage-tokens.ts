import { problem } from "@plumbline/contract";
import type { TokenScope } from "@plumbline/contract";
import { recordAudit } from "../audit/record-audit.ts";
import type { PeopleContext } from "./people-context.ts";
import type { Actor } from "../access/actor.ts";
import { reviewStreams } from "./open-stream.ts";
import { newSecret } from "./secrets.ts";
import { insertToken, revokeTokenOf, tokensOf } from "./session-store.ts";
import type { TokenRecord } from "./session-store.ts";

function ownId(actor: Actor): string {
  if (actor.kind === "person" && actor.id !== null) return actor.id;
  throw problem("not_allowed", "Only people have API tokens.");
}

/** The caller's own API tokens. */
export async function listTokens(context: PeopleContext, actor: Actor): Promise<TokenRecord[]> {
  return context.db.transaction(actor.organizationId, (tx) => tokensOf(tx, ownId(actor)));
}

/**
 * Makes an API token for the caller, who must have given a password: a token that could make another one would outlive
 * its own revocation. Answers the token's text, once.
 */
export async function createToken(
  context: PeopleContext,
  actor: Actor,
  request: { name: string; scopes: TokenScope[]; expiresInDays: number },
): Promise<{ token: string; details: TokenRecord }> {
  const personId = ownId(actor);
  if (actor.via !== "session")
    throw problem("not_allowed", "An API token cannot make another one.", {
      next: "Sign in with your password, on the page People and tokens or with plumb tokens create.",
    });
  const { text, hash } = newSecret("token");
  const details: TokenRecord = {
    id: context.newId(),
    name: request.name,
    scopes: request.scopes,
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + request.expiresInDays * 86_400_000),
    lastUsedAt: null,
    revokedAt: null,
  };
  await context.db.transaction(actor.organizationId, async (tx) => {
    await insertToken(tx, {
      ...details,
      organizationId: actor.organizationId,
      personId,
      hash,
      expiresAt: details.expiresAt ?? new Date(),
    });
    await recordAudit(tx, actor, {
      action: "token.created",
      text: `${actor.name} made the API token “${request.name}”`,
      details: {
        token: details.id,
        name: request.name,
        scopes: request.scopes,
        expiresAt: details.expiresAt?.toISOString(),
      },
    });
  });
  return { token: text, details };
}

/** Revokes one of the caller's tokens. Throws `not_found`. */
export async function revokeToken(context: PeopleContext, actor: Actor, id: string): Promise<void> {
  await context.db.transaction(actor.organizationId, async (tx) => {
    const name = await revokeTokenOf(tx, ownId(actor), id);
    if (name === undefined) throw problem("not_found", "You have no token of this id that is not revoked already.");
    await reviewStreams(tx, actor.organizationId, actor.id);
    await recordAudit(tx, actor, {
      action: "token.revoked",
      text: `${actor.name} revoked the API token “${name}”`,
      details: { token: id, name },
    });
  });
}
