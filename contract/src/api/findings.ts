import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { FindingWaiver, Severity } from "../findings.ts";
import { ClientQuery, Instant, page, PageQuery } from "./common.ts";

/** A finding that the newest plan of a workspace has. */
export const HiddenFinding = z
  .object({
    workspace: z.string(),
    run: z.int(),
    rule: z.string(),
    severity: Severity,
    title: z.string(),
    address: z.string().nullable(),
  })
  .meta({ id: "HiddenFinding" });
export type HiddenFinding = z.infer<typeof HiddenFinding>;

/** A waiver of main, with what became of it. */
export const Waiver = FindingWaiver.extend({
  repository: z.string(),
  /** expiring: it expires within 14 days. */
  status: z.enum(["active", "expiring", "expired"]),
  /** Null where the first commits brought it. */
  introducedBy: z.int().nullable(),
  introducedAt: Instant.nullable(),
  /** How often its expiry was changed after that. */
  renewals: z.int(),
  renewedAt: Instant.nullable(),
  /** What it lets pass in the newest plans that the caller may read; none: it is of no use now. */
  hides: z.array(HiddenFinding),
}).meta({ id: "Waiver" });
export type Waiver = z.infer<typeof Waiver>;

export const listWaivers = endpoint({
  id: "listWaivers",
  method: "GET",
  path: "/api/v1/waivers",
  auth: "person",
  tag: "findings",
  summary: "Waivers of main: what each lets pass now, when it expires, how often it was prolonged",
  query: ClientQuery.extend({ repository: z.string().max(100).optional() }),
  response: z.object({
    items: z.array(Waiver),
    /** What is wrong with a waivers file on main; such entries let nothing pass. */
    problems: z.array(z.object({ repository: z.string(), message: z.string(), file: z.string(), line: z.int() })),
    /** Who approves changes of the file, by repository. */
    owners: z.record(z.string(), z.array(z.string())),
  }),
});

/** A finding of what is applied. */
export const KnownFinding = z
  .object({
    repository: z.string(),
    workspace: z.string(),
    environment: z.string(),
    fingerprint: z.string(),
    rule: z.string(),
    severity: Severity,
    title: z.string(),
    address: z.string().nullable(),
    file: z.string().nullable(),
    owners: z.array(z.string()),
    firstSeenAt: Instant,
    /** From when it blocks; null where its severity does not. */
    dueAt: Instant.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: "KnownFinding" });
export type KnownFinding = z.infer<typeof KnownFinding>;

export const listKnownFindings = endpoint({
  id: "listKnownFindings",
  method: "GET",
  path: "/api/v1/known-findings",
  auth: "person",
  tag: "findings",
  summary: "The baseline: findings of what is applied, those that block first, with owner and date",
  query: PageQuery.extend({
    ...ClientQuery.shape,
    repository: z.string().max(100).optional(),
    workspace: z.string().max(400).optional(),
  }),
  response: page(KnownFinding),
});
