import { Finding } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
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
}

const Failures = z.array(z.unknown());

/**
 * The newest finished plan of each workspace that the main of a repository declares, whatever it was for; drift checks
 * are not judged. Workspaces that were never planned are not in it.
 */
export async function latestPlans(tx: Tx, repositoryId: string): Promise<LatestPlan[]> {
  const rows = await tx
    .selectFrom("runs")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "runs.organization_id").onRef("w.workspace_id", "=", "runs.workspace_id"),
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
    ])
    .where("w.repository_id", "=", repositoryId)
    .where("w.declared", "=", true)
    .where("runs.kind", "in", ["plan", "apply"])
    .where("runs.status", "in", ["finished", "held"])
    .where("runs.plan_epoch", "is not", null)
    .where("runs.destroy", "=", false)
    .orderBy("runs.workspace_id")
    .orderBy("runs.number", "desc")
    .execute();
  return rows.map(({ workspaceId, component, environment, layer, findings, failures, ...run }) => ({
    ...run,
    workspace: { id: workspaceId, name: workspaceName(component, environment), component, environment, layer },
    findings: z.array(Finding).parse(findings ?? []),
    failures: Failures.parse(failures ?? []).length,
  }));
}
