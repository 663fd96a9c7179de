import { Finding, PlanView } from "@plumbline/contract";
import type { ResourceView } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";

/** The newest plan of a workspace that was judged. */
export interface LatestPlan {
  runId: string;
  run: number;
  blocking: number;
  workspace: { id: string; name: string; component: string; environment: string; layer: string };
  codeCommit: string;
  valuesCommit: string;
  findings: Finding[];
  /** How many checks could not judge. */
  failures: number;
  /** What it does, by address, as it is shown; empty where that was not asked for. */
  resources: ReadonlyMap<string, ResourceView>;
  /** Whether it is what is applied. */
  applied: boolean;
  /** Whether anything was ever applied there. */
  wasApplied: boolean;
}

/** Names and repositories of workspaces that have resources and no plan that `latestPlans` would answer. By name. */
export async function unplannedWorkspaces(
  tx: Tx,
  repositoryIds: readonly string[],
  { without }: { without: string },
): Promise<{ id: string; name: string; environment: string; repositoryId: string }[]> {
  if (repositoryIds.length === 0) return [];
  const rows = await tx
    .selectFrom("workspaces as w")
    .innerJoin("state_versions as s", (join) =>
      join
        .onRef("s.organization_id", "=", "w.organization_id")
        .onRef("s.workspace_id", "=", "w.workspace_id")
        .onRef("s.version", "=", "w.state_version"),
    )
    .select(["w.workspace_id as id", "w.component", "w.environment", "w.repository_id as repositoryId"])
    .where("w.repository_id", "in", [...repositoryIds])
    .where("w.declared", "=", true)
    .where("s.resource_count", ">", 0)
    .where("w.workspace_id", "not in", judgedPlans(tx, without).select("runs.workspace_id"))
    .execute();
  return rows
    .map(({ component, environment, ...row }) => ({ ...row, environment, name: workspaceName(component, environment) }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** Plans that were judged, of pull requests that are open or merged; all but destructions. */
function judgedPlans(tx: Tx, without: string | undefined) {
  return tx
    .selectFrom("runs")
    .innerJoin("pull_requests as p", (join) =>
      join
        .onRef("p.organization_id", "=", "runs.organization_id")
        .onRef("p.pull_request_id", "=", "runs.pull_request_id"),
    )
    .where("p.status", "in", ["open", "merged"])
    .$if(without !== undefined, (query) => query.where("p.pull_request_id", "<>", without ?? ""))
    .where("runs.kind", "in", ["plan", "apply"])
    .where("runs.status", "in", ["finished", "held"])
    .where("runs.plan_epoch", "is not", null)
    .where("runs.destroy", "=", false);
}

const Failures = z.array(z.unknown());

/**
 * The newest finished plan of each workspace that the main of a repository declares, of a pull request that is open or
 * merged; drift checks are not judged. By name; workspaces that were never planned are not in it. `without`: a pull request that
 * does not count. What the plans do is read only `withChanges`: it may be large.
 */
export async function latestPlans(
  tx: Tx,
  repositoryId: string,
  { without, withChanges = false }: { without?: string; withChanges?: boolean } = {},
): Promise<LatestPlan[]> {
  const rows = await judgedPlans(tx, without)
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "runs.organization_id").onRef("w.workspace_id", "=", "runs.workspace_id"),
    )
    .leftJoin("runs as a", (join) =>
      join.onRef("a.organization_id", "=", "w.organization_id").onRef("a.run_id", "=", "w.applied_run_id"),
    )
    .distinctOn("runs.workspace_id")
    .select([
      "runs.run_id as runId",
      "runs.number as run",
      "runs.blocking",
      "runs.findings",
      "runs.judgement_failures as failures",
      "runs.code_commit as codeCommit",
      "runs.values_commit as valuesCommit",
      "w.workspace_id as workspaceId",
      "w.component",
      "w.environment",
      "w.layer",
      withChanges ? sql<unknown>`runs.plan_view`.as("view") : sql<unknown>`null`.as("view"),
      "a.run_id as appliedRunId",
      "a.planned_run_id as appliedPlanId",
      "a.plan_epoch as appliedEpoch",
    ])
    .where("w.repository_id", "=", repositoryId)
    .where("w.declared", "=", true)
    .orderBy("runs.workspace_id")
    .orderBy("runs.number", "desc")
    .execute();
  const plans = rows.map(({ workspaceId, component, environment, layer, findings, failures, view, ...row }) => ({
    runId: row.runId,
    run: row.run,
    blocking: row.blocking,
    codeCommit: row.codeCommit,
    valuesCommit: row.valuesCommit,
    applied: row.runId === row.appliedRunId || (row.appliedEpoch === null && row.runId === row.appliedPlanId),
    wasApplied: row.appliedRunId !== null,
    resources: new Map((PlanView.nullable().parse(view ?? null)?.resources ?? []).map((one) => [one.address, one])),
    workspace: { id: workspaceId, name: workspaceName(component, environment), component, environment, layer },
    findings: z.array(Finding).parse(findings ?? []),
    failures: Failures.parse(failures ?? []).length,
  }));
  return plans.toSorted((left, right) => (left.workspace.name < right.workspace.name ? -1 : 1));
}
