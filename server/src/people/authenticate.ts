import { problem } from "@plumbline/contract";
import type { PeopleContext } from "./people-context.ts";
import type { Actor } from "../access/actor.ts";
import { passwordFits } from "./passwords.ts";
import { personByName, personOf } from "./person-store.ts";
import type { KnownPerson } from "./person-store.ts";
import { hashSecret, secretKind } from "./secrets.ts";
import { ownerOfSession, ownerOfToken } from "./session-store.ts";

/** Turns a stored person into an actor. */
function personActor(organization: string, person: KnownPerson, scopes: Actor["scopes"], via: Actor["via"]): Actor {
  return {
    kind: "person",
    organizationId: person.organizationId,
    organization,
    id: person.id,
    name: person.name,
    displayName: person.displayName,
    email: person.email,
    roles: person.roles,
    scopes,
    via,
  };
}

/** Who presents this session or API token. Throws `not_signed_in`. */
export async function actorOfSecret(context: PeopleContext, secret: string): Promise<Actor> {
  const kind = secretKind(secret);
  const hash = hashSecret(secret);
  const found =
    kind === "session" || kind === "token"
      ? await context.db.systemTransaction(async (tx) => {
          const owner = await (kind === "session" ? ownerOfSession(tx, hash) : ownerOfToken(tx, hash));
          const person = owner && (await personOf(tx, owner.organizationId, owner.personName));
          return person && { owner, person };
        })
      : undefined;
  if (found === undefined) throw problem("not_signed_in", "This session or token is not valid any more.");
  const { owner, person } = found;
  return personActor(owner.organization, person, owner.scopes, kind === "session" ? "session" : "token");
}

/** Who has this name and password in the organization. Throws `wrong_credentials`, saying no more than that. */
export async function actorOfPassword(
  context: PeopleContext,
  organization: { id: string; name: string },
  name: string,
  password: string,
): Promise<Actor> {
  const person = await context.db.transaction(organization.id, (tx) => personByName(tx, name));
  const usable = person !== undefined && person.disabledAt === null ? person : undefined;
  const fits = await passwordFits(password, usable?.passwordHash ?? null);
  if (!fits || usable === undefined) throw problem("wrong_credentials", "No person of this name has this password.");
  return personActor(organization.name, usable, null, "session");
}
