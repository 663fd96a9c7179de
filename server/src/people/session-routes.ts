import { createToken, listTokens, revokeToken, signIn, signOut, whoAmI } from "@plumbline/contract";
import type { ApiToken, Me } from "@plumbline/contract";
import type { FastifyReply } from "fastify";
import type { Actor } from "../access/actor.ts";
import { register, registerPublic } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import { sessionCookie } from "./authenticate-request.ts";
import * as tokens from "./manage-tokens.ts";
import type { PeopleDoor } from "./people-context.ts";
import type { TokenRecord } from "./session-store.ts";
import * as sessions from "./sign-in.ts";

/** Routes for signing in and out, and for the caller's own tokens. */
export function sessionRoutes(
  api: Api<Actor>,
  context: PeopleDoor,
  options: { secureCookie: boolean; loginsPerMinute: number },
): void {
  registerPublic(
    api,
    signIn,
    async ({ body, request, reply }) => {
      const session = await context.attempts.guard(request.ip, () => sessions.signIn(context, body));
      giveSession(reply, session, options.secureCookie);
      return presentMe(session.actor);
    },
    { perMinute: options.loginsPerMinute },
  );
  register(api, signOut, async ({ actor, request, reply }) => {
    const secret = request.cookies[sessionCookie];
    if (secret !== undefined) await sessions.signOut(context, actor, secret);
    reply.clearCookie(sessionCookie, { path: "/" });
  });
  register(api, whoAmI, async ({ actor }) => presentMe(actor));
  register(api, listTokens, async ({ actor }) => ({
    items: (await tokens.listTokens(context, actor)).map(presentToken),
  }));
  register(api, createToken, async ({ actor, body }) => {
    const { token, details } = await tokens.createToken(context, actor, body);
    return { token, details: presentToken(details) };
  });
  register(api, revokeToken, async ({ actor, params }) => tokens.revokeToken(context, actor, params.id));
}

/** Puts a session into the caller's cookie. */
export function giveSession(reply: FastifyReply, session: sessions.StartedSession, secureCookie: boolean): void {
  reply.setCookie(sessionCookie, session.secret, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: secureCookie,
    expires: session.expiresAt,
  });
}

/** Who somebody is, as the API tells it to himself. */
export function presentMe(actor: Actor): Me {
  const { organization, name, displayName, email, roles, via } = actor;
  return { organization, name, displayName, email, roles: [...roles], via: via === "token" ? "token" : "session" };
}

function presentToken(token: TokenRecord): ApiToken {
  return {
    ...token,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
