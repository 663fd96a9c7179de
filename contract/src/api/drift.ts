import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Finding, Severity } from "../findings.ts";
import { ResourceView } from "../plan-view.ts";
import { DriftCaseStatus } from "../workspace-status.ts";
import { Can, ClientQuery, Instant, NumberParam, page, PageQuery, WorkspaceParam } from "./common.ts";
import { PullRequest } from "./pull-requests.ts";
import { RunSummary } from "./runs.ts";

export const DriftCaseSummary = z
  .object({
    number: z.int(),
    workspace: z.string(),
    /** Workspaces of two repositories may have one name. */
    repository: z.string(),
    environment: z.string(),
    status: DriftCaseStatus,
    severity: Severity,
    title: z.string(),
    openedAt: Instant,
    /** Between the last clean check and the opening. */
    lastCleanAt: Instant.nullable(),
    lastSeenAt: Instant,
    closedAt: Instant.nullable(),
    owners: z.array(z.string()),
    pullRequest: z.int().nullable(),
    resources: z.int(),
  })
  .meta({ id: "DriftCaseSummary" });
export type DriftCaseSummary = z.infer<typeof DriftCaseSummary>;

export const DriftCase = DriftCaseSummary.extend({
  /** What changed from what (last applied) to what (live). */
  changes: z.array(ResourceView),
  findings: z.array(Finding),
  openedRun: z.int(),
  lastRun: z.int(),
  closedRun: z.int().nullable(),
  timeline: z.array(z.object({ at: Instant, text: z.string(), actor: z.string() })),
  sentence: z.string(),
  can: z.object({ revert: Can }),
}).meta({ id: "DriftCase" });
export type DriftCase = z.infer<typeof DriftCase>;

export const listDriftCases = endpoint({
  id: "listDriftCases",
  method: "GET",
  path: "/api/v1/drift-cases",
  auth: "person",
  tag: "drift",
  summary: "Drift cases, open ones first",
  query: PageQuery.extend({
    ...ClientQuery.shape,
    repository: z.string().max(100).optional(),
    status: DriftCaseStatus.optional(),
    workspace: z.string().max(400).optional(),
    search: z
      .string()
      .max(200)
      .optional()
      .describe("Only those with each of these words in the title or the workspace's name, or as the number"),
  }),
  response: page(DriftCaseSummary),
});

export const getDriftCase = endpoint({
  id: "getDriftCase",
  method: "GET",
  path: "/api/v1/drift-cases/:number",
  auth: "person",
  tag: "drift",
  summary: "A drift case: what changed, since when, how bad, what is done about it",
  params: NumberParam,
  response: DriftCase,
});

export const checkDrift = endpoint({
  id: "checkDrift",
  method: "POST",
  path: "/api/v1/workspaces/:workspace/drift-checks",
  auth: "person",
  tag: "drift",
  summary: "Check a workspace for drift now",
  params: WorkspaceParam,
  response: RunSummary,
});

export const revertDrift = endpoint({
  id: "revertDrift",
  method: "POST",
  path: "/api/v1/drift-cases/:number/revert",
  auth: "person",
  tag: "drift",
  summary: "Open the pull request that undoes the change in the cloud; the code stays",
  params: NumberParam,
  body: z.object({ ticket: z.string().max(200).optional() }),
  response: PullRequest,
});
