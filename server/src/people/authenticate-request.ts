import type { FastifyRequest } from "fastify";
import type { Actor } from "../access/actor.ts";
import { findOrganization } from "../organizations/find-organization.ts";
import { actorOfPassword, actorOfSecret } from "./authenticate.ts";
import type { PeopleDoor } from "./people-context.ts";
import { secretKind } from "./secrets.ts";

/** The cookie that holds the session's secret. */
export const sessionCookie = "plumbline_session";

/**
 * Who sends this request: by `Authorization: Bearer <token>`, by `Basic` with a token (or a password, with the
 * organization before the name as `acme/owner` where there are several), or by the session cookie. Undefined where
 * nothing is presented. Throws `not_signed_in` or `wrong_credentials` for what is presented and not valid, and
 * `too_many_requests` where an address was wrong too often.
 */
export async function authenticateRequest(context: PeopleDoor, request: FastifyRequest): Promise<Actor | undefined> {
  const header = request.headers.authorization;
  if (header === undefined) {
    const secret = request.cookies[sessionCookie];
    return secret === undefined ? undefined : actorOfSecret(context, secret);
  }
  const [scheme = "", value = ""] = header.split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return actorOfSecret(context, value);
  if (scheme.toLowerCase() === "basic") return actorOfBasic(context, value, request.ip);
  return undefined;
}

/** Basic credentials as git and terraform send them: base64 of `name:password-or-token`. */
async function actorOfBasic(context: PeopleDoor, encoded: string, address: string): Promise<Actor> {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const user = colon < 0 ? text : text.slice(0, colon);
  const password = colon < 0 ? "" : text.slice(colon + 1);
  for (const candidate of [password, user])
    if (secretKind(candidate) === "token") return actorOfSecret(context, candidate);
  const slash = user.indexOf("/");
  const organization = await findOrganization(context.db, slash < 0 ? undefined : user.slice(0, slash));
  const name = user.slice(slash + 1);
  return context.attempts.guard(address, () => actorOfPassword(context, organization, name, password));
}
