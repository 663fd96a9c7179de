import { PlanCounts, RunError } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { RunRow } from "../platform/database/schema.gen.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { ApprovedPlan, RunRecord } from "./run.ts";

const StoredPlan = z.object({
  runId: z.string(),
  run: z.number(),
  epoch: z.number(),
  digest: z.string(),
  planSha256: z.string().nullable(),
  stateVersion: z.number().nullable(),
  inputsDigest: z.string().nullable(),
  inputTree: z.string().nullable(),
  engineSha256: z.string().nullable(),
  provisional: z.boolean(),
  counts: PlanCounts.nullable(),
  blocking: z.number(),
  policiesDigest: z.string().nullable(),
}) satisfies z.ZodType<ApprovedPlan>;

/** Columns of runs that are small enough for lists. */
const columns = [
  "runs.organization_id",
  "runs.run_id",
  "runs.number",
  "runs.kind",
  "runs.status",
  "runs.reason",
  "runs.waits_for",
  "runs.phase",
  "runs.pull_request_id",
  "runs.patch_set_id",
  "runs.code_commit",
  "runs.values_commit",
  "runs.input_tree",
  "runs.destroy",
  "runs.engine_name",
  "runs.engine_constraint",
  "runs.merge_sequence",
  "runs.stage",
  "runs.planned",
  "runs.rules_commit",
  "runs.hold_required",
  "runs.attempt",
  "runs.epoch",
  "runs.runner_id",
  "runs.lease_expires_at",
  "runs.requeues",
  "runs.apply_started_at",
  "runs.cancel_requested_at",
  "runs.created_at",
  "runs.started_at",
  "runs.held_at",
  "runs.finished_at",
  "runs.inputs_digest",
  "runs.policies_digest",
  "runs.provisional",
  "runs.state_version_before",
  "runs.state_version_after",
  "runs.state_version_read",
  "runs.plan_epoch",
  "runs.plan_json_sha256",
  "runs.decision",
  "runs.plan_sha256",
  "runs.plan_digest",
  "runs.plan_counts",
  "runs.engine_version",
  "runs.engine_sha256",
  "runs.blocking",
  "runs.error",
  "runs.event_sequence",
  "runs.log_lines",
  "runs.log_bytes",
  "runs.progress_done",
  "runs.log_pruned_at",
  "runs.plan_pruned_at",
] as const;

type Unprefixed<Name extends string> = Name extends `runs.${infer Rest}` ? Rest : never;
type Row = Pick<Selectable<RunRow>, Unprefixed<(typeof columns)[number]>> & {
  runner: string | null;
  runner_revoked_at: Date | null;
  pull_request: number | null;
  proposing_repository_id: string | null;
  component: string;
  environment: string;
  layer: string;
  declared: boolean;
  repository_id: string;
  repository: string;
  workspace_id: string;
  workspace_state_version: number | null;
  frozen_reason: string | null;
};

/**
 * A query for runs with the names of what they belong to. Workspaces, repositories, pull requests and runners are only
 * read here, for their names and numbers and whether the runner was revoked.
 */
export function selectRuns(tx: Tx) {
  return tx
    .selectFrom("runs")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "runs.organization_id")
        .onRef("workspaces.workspace_id", "=", "runs.workspace_id"),
    )
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.organization_id", "=", "workspaces.organization_id")
        .onRef("repositories.repository_id", "=", "workspaces.repository_id"),
    )
    .leftJoin("pull_requests", (join) =>
      join
        .onRef("pull_requests.organization_id", "=", "runs.organization_id")
        .onRef("pull_requests.pull_request_id", "=", "runs.pull_request_id"),
    )
    .leftJoin("runners", (join) =>
      join
        .onRef("runners.organization_id", "=", "runs.organization_id")
        .onRef("runners.runner_id", "=", "runs.runner_id"),
    )
    .select([...columns])
    .select([
      "runners.name as runner",
      "runners.revoked_at as runner_revoked_at",
      "pull_requests.number as pull_request",
      "pull_requests.repository_id as proposing_repository_id",
      "workspaces.workspace_id",
      "workspaces.component",
      "workspaces.environment",
      "workspaces.layer",
      "workspaces.declared",
      "workspaces.state_version as workspace_state_version",
      "workspaces.frozen_reason",
      "repositories.repository_id",
      "repositories.name as repository",
    ]);
}

/** A row of `selectRuns` as a record. */
export function runFromRow(row: Row): RunRecord {
  return {
    organizationId: row.organization_id,
    id: row.run_id,
    number: row.number,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    waitsFor: row.waits_for,
    phase: row.phase,
    workspace: {
      organizationId: row.organization_id,
      id: row.workspace_id,
      name: workspaceName(row.component, row.environment),
      repositoryId: row.repository_id,
      repository: row.repository,
      component: row.component,
      environment: row.environment,
      layer: row.layer,
      declared: row.declared,
      stateVersion: row.workspace_state_version,
      frozenReason: row.frozen_reason,
    },
    pullRequestId: row.pull_request_id,
    pullRequest: row.pull_request,
    patchSetId: row.patch_set_id,
    codeCommit: row.code_commit,
    valuesCommit: row.values_commit,
    inputTree: row.input_tree,
    destroy: row.destroy,
    engine: row.engine_name === null ? null : { name: row.engine_name, constraint: row.engine_constraint ?? "" },
    mergeSequence: row.merge_sequence,
    stage: row.stage,
    planned: row.planned === null ? null : StoredPlan.parse(row.planned),
    proposed:
      row.rules_commit === null
        ? null
        : { repositoryId: row.proposing_repository_id ?? row.repository_id, commit: row.rules_commit },
    holdRequired: row.hold_required,
    attempt: row.attempt,
    epoch: row.epoch,
    runnerId: row.runner_id,
    runner: row.runner,
    runnerRevoked: row.runner_revoked_at !== null,
    leaseExpiresAt: row.lease_expires_at,
    requeues: row.requeues,
    applyStartedAt: row.apply_started_at,
    cancelRequestedAt: row.cancel_requested_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    heldAt: row.held_at,
    finishedAt: row.finished_at,
    inputsDigest: row.inputs_digest,
    policiesDigest: row.policies_digest,
    provisional: row.provisional,
    stateVersionBefore: row.state_version_before,
    stateVersionAfter: row.state_version_after,
    stateVersionRead: row.state_version_read,
    planEpoch: row.plan_epoch,
    planJsonSha256: row.plan_json_sha256,
    decision: row.decision,
    planSha256: row.plan_sha256,
    digest: row.plan_digest,
    counts: row.plan_counts === null ? null : PlanCounts.parse(row.plan_counts),
    engineVersion: row.engine_version,
    engineSha256: row.engine_sha256,
    blocking: row.blocking,
    error: row.error === null ? null : RunError.parse(row.error),
    eventSequence: row.event_sequence,
    logLines: row.log_lines,
    logBytes: row.log_bytes,
    progressDone: row.progress_done,
    logPrunedAt: row.log_pruned_at,
    planPrunedAt: row.plan_pruned_at,
  };
}
