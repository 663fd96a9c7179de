import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { ClientQuery, Instant, NumberParam, page, PageQuery } from "./common.ts";

/** An entry of the audit log. `details` depends on the action; `leafHash` is over the canonical JSON as stored. */
export const AuditEvent = z
  .object({
    sequence: z.int(),
    id: z.uuid(),
    at: Instant,
    actor: z.object({ kind: z.enum(["person", "runner", "system"]), name: z.string() }),
    action: z.string(),
    /** One sentence for people. */
    text: z.string(),
    workspace: z.string().nullable(),
    environment: z.string().nullable(),
    pullRequest: z.int().nullable(),
    run: z.int().nullable(),
    details: z.record(z.string(), z.unknown()),
    leafHash: z.string(),
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.infer<typeof AuditEvent>;

const filters = {
  ...ClientQuery.shape,
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  workspace: z.string().max(400).optional(),
  pullRequest: z.coerce.number().int().positive().optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};

export const listAuditEvents = endpoint({
  id: "listAuditEvents",
  method: "GET",
  path: "/api/v1/audit-events",
  auth: "person",
  tag: "audit",
  summary: "Who did what, newest first",
  query: PageQuery.extend(filters),
  response: page(AuditEvent),
});

export const getAuditEvent = endpoint({
  id: "getAuditEvent",
  method: "GET",
  path: "/api/v1/audit-events/:number",
  auth: "person",
  tag: "audit",
  summary: "An entry of the audit log by its number",
  params: NumberParam,
  response: AuditEvent,
});

export const exportAuditEvents = endpoint({
  id: "exportAuditEvents",
  method: "GET",
  path: "/api/v1/audit-events/export",
  auth: "person",
  tag: "audit",
  summary: "The same as JSON lines, oldest first, with canonical text and leaf hash",
  query: z.object(filters),
  produces: "application/x-ndjson",
});

export const countAuditEvents = endpoint({
  id: "countAuditEvents",
  method: "GET",
  path: "/api/v1/audit-events/counts",
  auth: "person",
  tag: "audit",
  summary: "How many entries fit over time; without a time, of the last 24 hours",
  query: z.object(filters),
  response: z.object({
    /** Begin of the first step; entries before it are not counted. */
    from: Instant,
    /** How long a step is: an hour, or as long as makes at most sixty of them. */
    stepSeconds: z.int(),
    /** Entries of each step, oldest first. The last one may not be over yet. */
    counts: z.array(z.int()),
    total: z.int(),
  }),
});
