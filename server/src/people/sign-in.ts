import { recordAudit } from "../audit/record-audit.ts";
import { findOrganization } from "../organizations/find-organization.ts";
import type { PeopleContext } from "./people-context.ts";
import type { Actor } from "../access/actor.ts";
import { actorOfPassword } from "./authenticate.ts";
import { reviewStreams } from "./open-stream.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { deleteSession, insertSession } from "./session-store.ts";

/** A session just begun. `secret` goes into the cookie and is kept nowhere. */
export interface StartedSession {
  actor: Actor;
  secret: string;
  expiresAt: Date;
}

/** Begins a session with a password. Throws `wrong_credentials`. */
export async function signIn(
  context: PeopleContext,
  request: { organization?: string | undefined; name: string; password: string },
): Promise<StartedSession> {
  const organization = await findOrganization(context.db, request.organization);
  const actor = await actorOfPassword(context, organization, request.name, request.password);
  const { text, hash } = newSecret("session");
  const expiresAt = new Date(Date.now() + context.sessionLifetime * 1000);
  await context.db.transaction(organization.id, async (tx) => {
    await insertSession(tx, {
      organizationId: organization.id,
      id: context.newId(),
      personId: actor.id ?? "",
      hash,
      expiresAt,
    });
    await recordAudit(tx, actor, { action: "session.started", text: `${actor.name} signed in` });
  });
  return { actor, secret: text, expiresAt };
}

/** Ends the session whose secret this is. */
export async function signOut(context: PeopleContext, actor: Actor, secret: string): Promise<void> {
  await context.db.transaction(actor.organizationId, async (tx) => {
    await deleteSession(tx, hashSecret(secret));
    await reviewStreams(tx, actor.organizationId, actor.id);
    await recordAudit(tx, actor, { action: "session.ended", text: `${actor.name} signed out` });
  });
}
