import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Finding } from "../findings.ts";
import { PlanCounts, PlanView } from "../plan-view.ts";
import { Pruned, PrunedParts } from "../pruned.ts";
import { RunError, RunKind, RunPhase, RunStatus } from "../run-status.ts";
import { Can, ClientQuery, Instant, NumberParam, page, PageQuery } from "./common.ts";

export const RunPhaseView = z
  .object({
    phase: RunPhase,
    outcome: z.enum(["waiting", "running", "ok", "failed", "canceled", "skipped"]),
    line: z.string().nullable(),
    startedAt: Instant.nullable(),
    seconds: z.number().nullable(),
    cpuSeconds: z.number().nullable(),
  })
  .meta({ id: "RunPhaseView" });
export type RunPhaseView = z.infer<typeof RunPhaseView>;

/** A run in a list. */
export const RunSummary = z
  .object({
    number: z.int(),
    kind: RunKind,
    status: RunStatus,
    phase: RunPhase.nullable(),
    /** One sentence: what is the case. */
    reason: z.string().nullable(),
    workspace: z.string(),
    /** Workspaces of two repositories may have one name. */
    repository: z.string(),
    environment: z.string(),
    component: z.string(),
    pullRequest: z.int().nullable(),
    attempt: z.int(),
    provisional: z.boolean(),
    destroy: z.boolean(),
    counts: PlanCounts.nullable(),
    blocking: z.int(),
    digest: z.string().nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "RunSummary" });
export type RunSummary = z.infer<typeof RunSummary>;

/** What an apply does to one resource. Replacing one is two of them. */
export const RunOperation = z
  .object({
    address: z.string(),
    action: z.enum(["create", "update", "delete"]),
    /** `running` too where the run ended before the engine said how it went. */
    outcome: z.enum(["running", "ok", "failed"]),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "RunOperation" });
export type RunOperation = z.infer<typeof RunOperation>;

export const Run = RunSummary.extend({
  phases: z.array(RunPhaseView),
  /** What comes next and who can do it, in one sentence; null where nothing does. */
  next: z.string().nullable(),
  codeCommit: z.string(),
  valuesCommit: z.string(),
  engine: z.object({
    name: z.string(),
    constraint: z.string(),
    version: z.string().nullable(),
    /** What has written the state that it plans over, where that is another engine or series: `terraform 1.10.5`. */
    stateWrittenBy: z.string().nullable(),
  }),
  /** What it was given of other workspaces: from where and of which state version, never the value. Null: only planned there. */
  inputs: z.array(z.object({ variable: z.string(), from: z.string(), stateVersion: z.int().nullable() })),
  runner: z.string().nullable(),
  /** 0: it was planned over a state that a pull request proposes. */
  stateVersionBefore: z.int().nullable(),
  stateVersionAfter: z.int().nullable(),
  plan: PlanView.nullable(),
  /** The plan as text, like terraform prints it. */
  planText: z.string().nullable(),
  findings: z.array(Finding),
  judgementFailures: z.array(z.object({ message: z.string(), file: z.string().optional(), line: z.int().optional() })),
  overridden: z.array(z.string()),
  /** Apply runs: how many resources are done, of how many. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Apply runs: what was done to each resource and when, in the order in which it began. */
  operations: z.array(RunOperation),
  error: RunError.nullable(),
  /** What retention has taken away. */
  pruned: PrunedParts.optional(),
  /** The plan this run was approved with, where it differs (status held): its run's number. */
  approvedRun: z.int().nullable(),
  can: z.object({ cancel: Can, retry: Can, approve: Can }),
}).meta({ id: "Run" });
export type Run = z.infer<typeof Run>;

export const listRuns = endpoint({
  id: "listRuns",
  method: "GET",
  path: "/api/v1/runs",
  auth: "person",
  tag: "runs",
  summary: "Runs, newest first",
  query: PageQuery.extend({
    ...ClientQuery.shape,
    repository: z.string().max(100).optional(),
    workspace: z.string().max(400).optional(),
    environment: z.string().max(200).optional(),
    kind: RunKind.optional(),
    status: RunStatus.optional(),
    pullRequest: z.coerce.number().int().positive().optional(),
    search: z
      .string()
      .max(200)
      .optional()
      .describe("Only those with each of these words in the workspace's name, or as the number"),
  }),
  response: page(RunSummary),
});

export const getRun = endpoint({
  id: "getRun",
  method: "GET",
  path: "/api/v1/runs/:number",
  auth: "person",
  tag: "runs",
  summary: "A run with its plan, findings and phases",
  params: NumberParam,
  response: Run,
});

/** A line of a run's log. `id` counts from 1 within the run. */
export const LogLine = z
  .object({ id: z.int(), phase: RunPhase, at: Instant, text: z.string() })
  .meta({ id: "LogLine" });
export type LogLine = z.infer<typeof LogLine>;

export const getRunLog = endpoint({
  id: "getRunLog",
  method: "GET",
  path: "/api/v1/runs/:number/log",
  auth: "person",
  tag: "runs",
  summary: "The run's log so far, secrets masked",
  params: NumberParam,
  query: z.object({ after: z.coerce.number().int().nonnegative().default(0) }),
  /** `pruned`: why there are no lines any more. */
  response: z.object({ lines: z.array(LogLine), ended: z.boolean(), pruned: Pruned.optional() }),
});

export const streamRunLog = endpoint({
  id: "streamRunLog",
  method: "GET",
  path: "/api/v1/runs/:number/log/stream",
  auth: "person",
  tag: "runs",
  summary: "The run's log as it grows: events `line` (LogLine) and `end`",
  params: NumberParam,
  produces: "text/event-stream",
});

export const cancelRun = endpoint({
  id: "cancelRun",
  method: "POST",
  path: "/api/v1/runs/:number/cancel",
  auth: "person",
  tag: "runs",
  summary: "Ask a run to stop gracefully",
  params: NumberParam,
  response: Run,
});

export const retryRun = endpoint({
  id: "retryRun",
  method: "POST",
  path: "/api/v1/runs/:number/retry",
  auth: "person",
  tag: "runs",
  summary: "Try a failed apply again; no new approval where every remaining change equals an approved one",
  params: NumberParam,
  response: Run,
});
