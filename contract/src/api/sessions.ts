import { z } from "zod";
import { RoleBinding, TokenScope } from "../access.ts";
import { endpoint } from "../endpoint.ts";
import { Instant } from "./common.ts";

/** The person who asks. */
export const Me = z
  .object({
    organization: z.string(),
    name: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    roles: z.array(RoleBinding),
    via: z.enum(["session", "token"]),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const signIn = endpoint({
  id: "signIn",
  method: "POST",
  path: "/api/v1/session",
  auth: "public",
  tag: "sessions",
  summary: "Sign in with a password; sets the session cookie",
  body: z.object({
    /** May be left out where the installation has one organization. */
    organization: z.string().max(100).optional(),
    name: z.string().max(100),
    password: z.string().max(1000),
  }),
  response: Me,
});

export const signOut = endpoint({
  id: "signOut",
  method: "DELETE",
  path: "/api/v1/session",
  auth: "person",
  tag: "sessions",
  summary: "End the session",
});

export const whoAmI = endpoint({
  id: "whoAmI",
  method: "GET",
  path: "/api/v1/me",
  auth: "person",
  tag: "sessions",
  summary: "Who asks, in which organization, with which roles",
  response: Me,
});

export const ApiToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(TokenScope),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "ApiToken" });
export type ApiToken = z.infer<typeof ApiToken>;

export const listTokens = endpoint({
  id: "listTokens",
  method: "GET",
  path: "/api/v1/tokens",
  auth: "person",
  tag: "sessions",
  summary: "The caller's API tokens",
  response: z.object({ items: z.array(ApiToken) }),
});

export const createToken = endpoint({
  id: "createToken",
  method: "POST",
  path: "/api/v1/tokens",
  auth: "person",
  tag: "sessions",
  summary: "Make an API token; its value is shown once",
  body: z.object({
    name: z.string().min(1).max(100),
    scopes: z.array(TokenScope).min(1),
    expiresInDays: z.int().min(1).max(366).default(90),
  }),
  response: z.object({ token: z.string(), details: ApiToken }),
});

export const revokeToken = endpoint({
  id: "revokeToken",
  method: "DELETE",
  path: "/api/v1/tokens/:id",
  auth: "person",
  tag: "sessions",
  summary: "Revoke one of the caller's API tokens",
  params: z.object({ id: z.uuid() }),
});
