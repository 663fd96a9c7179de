import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Tx } from "../platform/database/pools.ts";

/** A workspace's row, as its page needs it. */
export interface WorkspaceRecord {
  id: string;
  name: string;
  organizationId: string;
  repositoryId: string;
  repository: string;
  component: string;
  environment: string;
  layer: string;
  declared: boolean;
  createdAt: Date;
  frozen: { at: Date; reason: string; run: number | null } | null;
  appliedCommit: string | null;
  appliedAt: Date | null;
  resources: number;
  stateVersion: number | null;
  driftEverySeconds: number;
  nextCheckAt: Date | null;
  verifiedAt: Date | null;
}

/** What to look for. */
export interface WorkspaceFilter {
  id?: string | undefined;
  repository?: string | undefined;
  environment?: string | undefined;
}

/**
 * Workspaces that main declares, and those it declares no more but that still hold resources; one by id in any case.
 * By repository, then as they were made.
 */
export async function selectWorkspaces(tx: Tx, filter: WorkspaceFilter): Promise<WorkspaceRecord[]> {
  let query = tx
    .selectFrom("workspaces")
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.organization_id", "=", "workspaces.organization_id")
        .onRef("repositories.repository_id", "=", "workspaces.repository_id"),
    )
    .selectAll("workspaces")
    .select("repositories.name as repository")
    .orderBy("repositories.name")
    .orderBy("workspaces.workspace_id");
  if (filter.id !== undefined) query = query.where("workspaces.workspace_id", "=", filter.id);
  else
    query = query.where((where) =>
      where.or([where("workspaces.declared", "=", true), where("workspaces.resource_count", ">", 0)]),
    );
  if (filter.repository !== undefined) query = query.where("repositories.name", "=", filter.repository);
  if (filter.environment !== undefined) query = query.where("workspaces.environment", "=", filter.environment);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.workspace_id,
    name: workspaceName(row.component, row.environment),
    organizationId: row.organization_id,
    repositoryId: row.repository_id,
    repository: row.repository,
    component: row.component,
    environment: row.environment,
    layer: row.layer,
    declared: row.declared,
    createdAt: row.created_at,
    frozen: row.frozen_at === null ? null : { at: row.frozen_at, reason: row.frozen_reason ?? "", run: row.frozen_run },
    appliedCommit: row.applied_code_commit,
    appliedAt: row.applied_at,
    resources: row.resource_count,
    stateVersion: row.state_version,
    driftEverySeconds: row.drift_every_seconds,
    nextCheckAt: row.next_check_at,
    verifiedAt: row.verified_at,
  }));
}
