import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { EngineChange } from "../engine-change.ts";
import { Finding, Severity } from "../findings.ts";
import { PlanCounts, PlanView } from "../plan-view.ts";
import { PullRequestPurpose, PullRequestState, PullRequestStatus } from "../pull-request-status.ts";
import { RunStatus } from "../run-status.ts";
import { Can, ClientQuery, Instant, NumberParam, page, PageQuery, PersonRef } from "./common.ts";

/** A pull request in a list. */
export const PullRequestSummary = z
  .object({
    number: z.int(),
    repository: z.string(),
    title: z.string(),
    purpose: PullRequestPurpose,
    status: PullRequestStatus,
    state: PullRequestState,
    /** One sentence: what is the case, what comes next, who can do it. */
    sentence: z.string(),
    /** Null: the system opened it. */
    openedBy: PersonRef.nullable(),
    openedAt: Instant,
    updatedAt: Instant,
    ticket: z.string().nullable(),
    ticketUrl: z.string().nullable(),
    patchSet: z.int(),
    environments: z.array(z.string()),
    workspaces: z.int(),
    /** Of all its plans; null while none of its workspaces has one. */
    counts: PlanCounts.nullable(),
    worst: Severity.nullable(),
    /** The caller can do the next thing. */
    waitsForMe: z.boolean(),
  })
  .meta({ id: "PullRequestSummary" });
export type PullRequestSummary = z.infer<typeof PullRequestSummary>;

/** One condition of the gate. Unmet ones come first. */
export const GateCondition = z
  .object({
    id: z.string(),
    kind: z.enum([
      "merges",
      "configuration",
      "plans",
      "findings",
      "owner",
      "approvals",
      "ticket",
      "fresh",
      "right",
      "applied",
      "dependents",
      "state",
    ]),
    met: z.boolean(),
    title: z.string(),
    detail: z.string(),
    /** Who can satisfy it. */
    who: z.array(z.string()),
    /** The line on main that demands it. */
    file: z.string().nullable(),
    line: z.int().nullable(),
  })
  .meta({ id: "GateCondition" });
export type GateCondition = z.infer<typeof GateCondition>;

/** An affected workspace with its newest plan. */
export const AffectedWorkspace = z
  .object({
    workspace: z.string(),
    component: z.string(),
    environment: z.string(),
    layer: z.string(),
    position: z.int(),
    relation: z.enum(["changed", "downstream", "removed"]),
    /** Newest plan run, and its status; null while nothing was started. */
    run: z.int().nullable(),
    runStatus: RunStatus.nullable(),
    /** One line: "Planned in 2.1 s", "Waits for network/dev", "Failed: …". */
    line: z.string(),
    provisional: z.boolean(),
    digest: z.string().nullable(),
    counts: PlanCounts.nullable(),
    findings: z.record(Severity, z.int()),
    blocking: z.int(),
    /** Apply run after the merge. */
    applyRun: z.int().nullable(),
    applyStatus: RunStatus.nullable(),
    /** What will ask for approval after the merge, and whom; null where nothing will. */
    later: z.string().nullable(),
    /** Equal for plans that do the same to the same attributes; left out where few workspaces are affected. */
    shape: z.string().optional(),
    /** Another engine than what applied it last; left out where it is the same, or nothing was applied. */
    engineChange: EngineChange.optional(),
  })
  .meta({ id: "AffectedWorkspace" });
export type AffectedWorkspace = z.infer<typeof AffectedWorkspace>;

export const Approval = z
  .object({
    id: z.uuid(),
    person: PersonRef,
    meaning: z.string(),
    digests: z.array(z.object({ workspace: z.string(), digest: z.string() })),
    patchSet: z.int(),
    at: Instant,
    voidAt: Instant.nullable(),
    voidReason: z.string().nullable(),
    statement: z.string(),
    signature: z.string(),
    keyId: z.string(),
  })
  .meta({ id: "Approval" });
export type Approval = z.infer<typeof Approval>;

export const Comment = z
  .object({
    id: z.uuid(),
    kind: z.enum(["summary", "discussion", "finding"]),
    /** Null: Plumbline wrote it. */
    person: PersonRef.nullable(),
    /** Markdown; rendered without raw HTML. */
    body: z.string(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    at: Instant,
    editedAt: Instant.nullable(),
    resolvedAt: Instant.nullable(),
  })
  .meta({ id: "Comment" });
export type Comment = z.infer<typeof Comment>;

export const PatchSet = z
  .object({
    number: z.int(),
    commit: z.string(),
    base: z.string(),
    pushedBy: PersonRef.nullable(),
    at: Instant,
    commits: z.array(z.object({ id: z.string(), subject: z.string(), author: z.string(), address: z.string() })),
    conflicts: z.array(z.string()),
    problems: z.array(
      z.object({
        message: z.string(),
        file: z.string(),
        line: z.int().nullable(),
        column: z.int().nullable(),
        proposal: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "PatchSet" });
export type PatchSet = z.infer<typeof PatchSet>;

export const PullRequest = PullRequestSummary.extend({
  description: z.string(),
  patchSets: z.array(PatchSet),
  affected: z.array(AffectedWorkspace),
  gate: z.array(GateCondition),
  approvals: z.array(Approval),
  contributors: z.array(z.object({ person: PersonRef, reasons: z.array(z.string()) })),
  mergeCommit: z.string().nullable(),
  mergedBy: PersonRef.nullable(),
  mergedAt: Instant.nullable(),
  reverts: z.int().nullable(),
  revertedBy: z.int().nullable(),
  driftCase: z.int().nullable(),
  /** The caller sees only the part of it that is of his clients; absent where he sees all of it. */
  partial: z.literal(true).optional(),
  can: z.object({ approve: Can, merge: Can, revert: Can, close: Can, replan: Can, comment: Can }),
}).meta({ id: "PullRequest" });
export type PullRequest = z.infer<typeof PullRequest>;

export const listPullRequests = endpoint({
  id: "listPullRequests",
  method: "GET",
  path: "/api/v1/pull-requests",
  auth: "person",
  tag: "pull requests",
  summary: "Pull requests, newest first",
  query: PageQuery.extend({
    ...ClientQuery.shape,
    repository: z.string().max(100).optional(),
    status: PullRequestStatus.optional(),
    waitsForMe: z.stringbool().optional(),
    search: z
      .string()
      .max(200)
      .optional()
      .describe("Only those with each of these words in the title, or as the number"),
  }),
  response: page(PullRequestSummary),
});

export const getPullRequest = endpoint({
  id: "getPullRequest",
  method: "GET",
  path: "/api/v1/pull-requests/:number",
  auth: "person",
  tag: "pull requests",
  summary: "A pull request with gate, affected workspaces and approvals",
  params: NumberParam,
  response: PullRequest,
});

/** The plan of one affected workspace. */
export const WorkspacePlan = z
  .object({
    workspace: z.string(),
    run: z.int(),
    digest: z.string().nullable(),
    plan: PlanView.nullable(),
    findings: z.array(Finding),
    /** What the checks could not judge; each blocks. */
    judgementFailures: z.array(
      z.object({ message: z.string(), file: z.string().optional(), line: z.int().optional() }),
    ),
    text: z.string().nullable(),
  })
  .meta({ id: "WorkspacePlan" });
export type WorkspacePlan = z.infer<typeof WorkspacePlan>;

export const listPullRequestPlans = endpoint({
  id: "listPullRequestPlans",
  method: "GET",
  path: "/api/v1/pull-requests/:number/plans",
  auth: "person",
  tag: "pull requests",
  summary: "The newest plan of each affected workspace, sensitive values redacted",
  params: NumberParam,
  query: z.object({ workspace: z.string().max(400).optional() }),
  response: z.object({ items: z.array(WorkspacePlan) }),
});

/** A changed file. `patch` is a unified diff; null for binary or very large files. */
export const ChangedFile = z
  .object({
    path: z.string(),
    oldPath: z.string().nullable(),
    status: z.enum(["added", "changed", "deleted", "renamed"]),
    added: z.int(),
    removed: z.int(),
    patch: z.string().nullable(),
    owners: z.array(z.string()),
  })
  .meta({ id: "ChangedFile" });
export type ChangedFile = z.infer<typeof ChangedFile>;

export const listChangedFiles = endpoint({
  id: "listChangedFiles",
  method: "GET",
  path: "/api/v1/pull-requests/:number/files",
  auth: "person",
  tag: "pull requests",
  summary: "What the newest patch set changes against main",
  params: NumberParam,
  response: z.object({ items: z.array(ChangedFile) }),
});

export const listComments = endpoint({
  id: "listComments",
  method: "GET",
  path: "/api/v1/pull-requests/:number/comments",
  auth: "person",
  tag: "pull requests",
  summary: "The discussion, the one summary first",
  params: NumberParam,
  response: z.object({ items: z.array(Comment) }),
});

export const addComment = endpoint({
  id: "addComment",
  method: "POST",
  path: "/api/v1/pull-requests/:number/comments",
  auth: "person",
  tag: "pull requests",
  summary: "Say something, on a line or on the whole",
  params: NumberParam,
  body: z.object({
    body: z.string().min(1).max(20_000),
    file: z.string().max(1000).optional(),
    line: z.int().positive().optional(),
  }),
  response: Comment,
});

/** An entry of the timeline. */
export const TimelineEntry = z
  .object({
    at: Instant,
    actor: z.string(),
    kind: z.string(),
    text: z.string(),
    run: z.int().nullable(),
    workspace: z.string().nullable(),
  })
  .meta({ id: "TimelineEntry" });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const getTimeline = endpoint({
  id: "getTimeline",
  method: "GET",
  path: "/api/v1/pull-requests/:number/timeline",
  auth: "person",
  tag: "pull requests",
  summary: "What happened to it, newest first",
  params: NumberParam,
  response: z.object({ items: z.array(TimelineEntry) }),
});

export const openPullRequest = endpoint({
  id: "openPullRequest",
  method: "POST",
  path: "/api/v1/pull-requests",
  auth: "person",
  tag: "pull requests",
  summary: "Open a pull request without commits: plan workspaces as main declares them, or plan their destruction",
  body: z.object({
    repository: z.string().max(100),
    purpose: z.enum(["change", "destroy"]),
    title: z.string().min(1).max(200),
    description: z.string().max(20_000).default(""),
    workspaces: z.array(z.string().max(400)).min(1).max(1000),
    ticket: z.string().max(200).optional(),
  }),
  response: PullRequest,
});

export const approvePullRequest = endpoint({
  id: "approvePullRequest",
  method: "POST",
  path: "/api/v1/pull-requests/:number/approvals",
  auth: "person",
  tag: "pull requests",
  summary: "Sign a yes to exactly these plan digests; refused where one of them is not the newest",
  params: NumberParam,
  body: z.object({
    meaning: z.string().min(1).max(500),
    digests: z.array(z.object({ workspace: z.string().max(400), digest: z.string().max(100) })).max(5000),
    /** The patch set that was shown; refused where it is not the newest. */
    patchSet: z.int().positive().optional(),
  }),
  response: PullRequest,
});

export const withdrawApproval = endpoint({
  id: "withdrawApproval",
  method: "DELETE",
  path: "/api/v1/pull-requests/:number/approvals",
  auth: "person",
  tag: "pull requests",
  summary: "Take back the caller's own approvals",
  params: NumberParam,
  response: PullRequest,
});

const acted = (id: string, path: string, summary: string) =>
  endpoint({
    id,
    method: "POST",
    path: `/api/v1/pull-requests/:number/${path}`,
    auth: "person",
    tag: "pull requests",
    summary,
    params: NumberParam,
    response: PullRequest,
  });

export const mergePullRequest = acted(
  "mergePullRequest",
  "merge",
  "Merge; the server makes the merge commit and starts the apply runs",
);
export const closePullRequest = acted("closePullRequest", "close", "Close without merging");
export const replanPullRequest = acted("replanPullRequest", "replan", "Plan again against the newest main");
export const revertPullRequest = acted(
  "revertPullRequest",
  "revert",
  "Open the pull request that reverts this one; answers the new one",
);

export const setTicket = endpoint({
  id: "setTicket",
  method: "PUT",
  path: "/api/v1/pull-requests/:number/ticket",
  auth: "person",
  tag: "pull requests",
  summary: "Name the ticket",
  params: NumberParam,
  body: z.object({ ticket: z.string().min(1).max(200) }),
  response: PullRequest,
});
