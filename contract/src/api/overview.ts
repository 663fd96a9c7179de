import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";
import { ClientQuery, Instant } from "./common.ts";
import { EnvironmentView } from "./repositories.ts";
import { WorkspaceSummary } from "./workspaces.ts";

/** Something that waits for the caller, most urgent first. */
export const WaitingItem = z
  .object({
    kind: z.enum(["drift_case", "held_run", "pull_request", "failed_run", "unknown_run", "overdue_check"]),
    number: z.int().nullable(),
    title: z.string(),
    detail: z.string(),
    severity: Severity.nullable(),
    /** The verb on the button. */
    action: z.string(),
    /** Path in the web UI. */
    link: z.string(),
    at: Instant,
  })
  .meta({ id: "WaitingItem" });
export type WaitingItem = z.infer<typeof WaitingItem>;

export const Activity = z
  .object({ at: Instant, actor: z.string(), text: z.string(), kind: z.string(), link: z.string().nullable() })
  .meta({ id: "Activity" });
export type Activity = z.infer<typeof Activity>;

export const Overview = z
  .object({
    organization: z.string(),
    repository: z.string(),
    /** "5 of 12 workspaces are in sync" and what needs somebody. */
    headline: z.string(),
    sentence: z.string(),
    environments: z.array(
      EnvironmentView.extend({ inSync: z.int(), total: z.int(), foot: z.string(), worst: Severity.nullable() }),
    ),
    /** The rows of the matrix; `matrix` says which they are of all. */
    components: z.array(z.object({ name: z.string(), layer: z.string(), dependsOn: z.array(z.string()) })),
    /** Those of these components. */
    workspaces: z.array(WorkspaceSummary),
    matrix: z.object({
      /** How many components main declares, and how many of them are in sync everywhere. */
      total: z.int(),
      inSync: z.int(),
      /** Of many components only those that need somebody are in it, worst first; not where `from` asked for all. */
      folded: z.boolean(),
      /** What to give as `from` for the next rows; null at the end. */
      next: z.int().nullable(),
    }),
    waitsForMe: z.array(WaitingItem),
    activity: z.array(Activity),
    /** From the last clean check to the case, p95 per day, of 14 days; null on a day without a case. */
    detectionDelay: z.array(
      z.object({
        environment: z.string(),
        objectiveSeconds: z.int(),
        days: z.array(z.object({ day: z.string(), seconds: z.number().nullable() })),
      }),
    ),
    sweeps: z.object({ onTime: z.int(), total: z.int(), lastAt: Instant.nullable() }),
    log: z.object({ entries: z.int() }),
    /** Of the repository, so far as the caller sees it: what is open, queued or running; `runners` are the organization's. */
    counts: z.object({
      pullRequests: z.int(),
      runs: z.int(),
      driftCases: z.int(),
      workspaces: z.int(),
      runners: z.int(),
    }),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;

export const getOverview = endpoint({
  id: "getOverview",
  method: "GET",
  path: "/api/v1/overview",
  auth: "person",
  tag: "overview",
  summary: "The matrix, what waits for the caller, what happened",
  query: ClientQuery.extend({
    repository: z.string().max(100).optional(),
    from: z.coerce
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe("Rows of the matrix from this one on, as main declares them; without it what needs somebody"),
  }),
  response: Overview,
});

/**
 * Something changed; whoever shows it loads it again. Topics: `pull-request:<n>`, `run:<n>`, `workspace:<name>`,
 * `drift-case:<n>`, `overview`, `runners`, `audit`.
 */
export const LiveEvent = z.object({ topics: z.array(z.string()), at: Instant }).meta({ id: "LiveEvent" });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const streamEvents = endpoint({
  id: "streamEvents",
  method: "GET",
  path: "/api/v1/events",
  auth: "person",
  tag: "overview",
  summary: "Live updates: events `changed` (LiveEvent), a comment line every 15 s",
  produces: "text/event-stream",
});
