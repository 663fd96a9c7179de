import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Severity } from "../findings.ts";
import { PlanCounts } from "../plan-view.ts";
import { PullRequestPurpose, PullRequestState } from "../pull-request-status.ts";
import { RunStatus } from "../run-status.ts";
import { ScopeCategory } from "../scope.ts";
import { Instant, PersonRef } from "./common.ts";
import { ControlCounts } from "./controls.ts";
import { DriftCaseSummary } from "./drift.ts";
import { KnownFinding, Waiver } from "./findings.ts";

/** A part of an environment. `codified`: its states hold something of it. `missing`: they do not, and nothing says why. */
export const ScopePart = z
  .object({
    category: ScopeCategory,
    state: z.enum(["codified", "missing", "not-needed"]),
    resources: z.int(),
    types: z.array(z.object({ type: z.string(), count: z.int() })),
    workspaces: z.array(z.string()),
    /** Why it need not be code, and the line on main that says so. */
    reason: z.string().nullable(),
    file: z.string().nullable(),
    line: z.int().nullable(),
  })
  .meta({ id: "ScopePart" });
export type ScopePart = z.infer<typeof ScopePart>;

/** What of an environment is code. */
export const EnvironmentScope = z
  .object({
    environment: z.string(),
    client: z.string().nullable(),
    repositories: z.array(z.string()),
    /** Who answers for what is missing: the owner in environment.yaml, else the code owners of that file. */
    owners: z.array(z.string()),
    /** Where that is said; null where nobody is named. */
    ownerFrom: z.object({ file: z.string(), line: z.int().nullable() }).nullable(),
    codified: z.int(),
    missing: z.int(),
    parts: z.array(ScopePart),
    /** Types of no part: helpers, and providers without a table. */
    others: z.array(z.object({ type: z.string(), count: z.int() })),
  })
  .meta({ id: "EnvironmentScope" });
export type EnvironmentScope = z.infer<typeof EnvironmentScope>;

const Environments = z
  .string()
  .min(1)
  .max(200)
  .describe("A name or a pattern, as roles have it: prod, globex/*, * for all");

export const getScope = endpoint({
  id: "getScope",
  method: "GET",
  path: "/api/v1/scope",
  auth: "person",
  tag: "clients",
  summary: "Which parts of each environment are code, by what their states hold; what is missing has an owner",
  query: z.object({ environments: Environments.optional(), repository: z.string().max(100).optional() }),
  response: z.object({ items: z.array(EnvironmentScope) }),
});

/** A client with how its environments stand. */
export const Client = z
  .object({
    name: z.string(),
    environments: z.array(
      z.object({ name: z.string(), workspaces: z.int(), inSync: z.int(), worst: Severity.nullable() }),
    ),
    workspaces: z.int(),
    inSync: z.int(),
    driftCases: z.int(),
    /** Parts that are missing from its environments' code. */
    missing: z.int(),
  })
  .meta({ id: "Client" });
export type Client = z.infer<typeof Client>;

export const listClients = endpoint({
  id: "listClients",
  method: "GET",
  path: "/api/v1/clients",
  auth: "person",
  tag: "clients",
  summary: "Clients whose environments the caller may read, and how they stand",
  response: z.object({ items: z.array(Client) }),
});

/** A change that was merged in the period, as far as it concerns the environments of the report. */
export const ReportedChange = z
  .object({
    number: z.int(),
    title: z.string(),
    purpose: PullRequestPurpose,
    state: PullRequestState,
    ticket: z.string().nullable(),
    openedBy: PersonRef.nullable(),
    mergedBy: PersonRef.nullable(),
    mergedAt: Instant,
    environments: z.array(z.string()),
    workspaces: z.array(
      z.object({
        workspace: z.string(),
        counts: PlanCounts.nullable(),
        digest: z.string().nullable(),
        applyRun: z.int().nullable(),
        applyStatus: RunStatus.nullable(),
      }),
    ),
    /** Those that count. */
    approvals: z.array(z.object({ person: PersonRef, meaning: z.string(), at: Instant })),
  })
  .meta({ id: "ReportedChange" });
export type ReportedChange = z.infer<typeof ReportedChange>;

/**
 * What happened in some environments in a period, and how they stand at its writing. What it says of clients'
 * environments is what the client may see, whoever asks.
 */
export const EnvironmentReport = z
  .object({
    organization: z.string(),
    /** What was asked for. */
    pattern: z.string(),
    client: z.string().nullable(),
    environments: z.array(z.string()),
    from: Instant,
    to: Instant,
    writtenAt: Instant,
    workspaces: z.int(),
    inSync: z.int(),
    /** Merged in the period, the newest first. */
    changes: z.array(ReportedChange),
    /** Changes beyond what a report holds; ask for a shorter period. */
    changesLeftOut: z.int(),
    /** Cases that were open at some time of the period. */
    drift: z.array(DriftCaseSummary),
    /** What is applied has them now. */
    findings: z.array(KnownFinding),
    waivers: z.array(Waiver),
    controls: z.array(
      z.object({ catalogue: z.string(), title: z.string(), environments: z.record(z.string(), ControlCounts) }),
    ),
    scope: z.array(EnvironmentScope),
  })
  .meta({ id: "EnvironmentReport" });
export type EnvironmentReport = z.infer<typeof EnvironmentReport>;

const Period = z.object({
  environments: Environments,
  from: z
    .union([z.iso.date(), Instant])
    .optional()
    .describe("The first day or instant; 30 days before `to` without one"),
  to: z
    .union([z.iso.date(), Instant])
    .optional()
    .describe("The last day, or the instant before which it ends; now without one"),
});

export const getEnvironmentReport = endpoint({
  id: "getEnvironmentReport",
  method: "GET",
  path: "/api/v1/environment-report",
  auth: "person",
  tag: "clients",
  summary:
    "Changes, approvals, drift, findings, controls and codified parts of a client or of environments in a period",
  query: Period,
  response: EnvironmentReport,
});

export const exportEnvironmentReport = endpoint({
  id: "exportEnvironmentReport",
  method: "GET",
  path: "/api/v1/environment-report/:format",
  auth: "person",
  tag: "clients",
  summary: "The same as CSV (one line for each fact) or as a page to print",
  params: z.object({ format: z.enum(["csv", "html"]) }),
  query: Period,
  produces: "text/csv",
});
