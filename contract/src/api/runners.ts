import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { OfferedTool } from "../tools.ts";
import { Instant } from "./common.ts";

export const Runner = z
  .object({
    name: z.string(),
    environments: z.array(z.string()),
    version: z.string().nullable(),
    capacity: z.int().nullable(),
    busy: z.int(),
    /** Binaries it has; only accepted ones are used. */
    engines: z.array(OfferedTool.extend({ accepted: z.boolean() })),
    lastSeenAt: Instant.nullable(),
    online: z.boolean(),
    createdAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "Runner" });
export type Runner = z.infer<typeof Runner>;

export const listRunners = endpoint({
  id: "listRunners",
  method: "GET",
  path: "/api/v1/runners",
  auth: "person",
  tag: "runners",
  summary: "Runners, their load and what they bring",
  response: z.object({ items: z.array(Runner), queued: z.int() }),
});

export const createRunner = endpoint({
  id: "createRunner",
  method: "POST",
  path: "/api/v1/runners",
  auth: "person",
  tag: "runners",
  summary: "Register a runner for environments; its token is shown once",
  body: z.object({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
    environments: z.array(z.string().min(1).max(200)).min(1).max(100),
  }),
  response: z.object({ token: z.string(), runner: Runner }),
});

export const revokeRunner = endpoint({
  id: "revokeRunner",
  method: "DELETE",
  path: "/api/v1/runners/:name",
  auth: "person",
  tag: "runners",
  summary: "Revoke a runner's token; what it runs loses its lease",
  params: z.object({ name: z.string().max(63) }),
});
