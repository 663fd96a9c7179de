import { sql } from "kysely";
import type { Tx } from "../platform/database/pools.ts";

/** A workspace's row as repositories and pull requests see it. */
export interface WorkspaceRow {
  workspaceId: string;
  repositoryId: string;
  component: string;
  environment: string;
  layer: string;
  driftEverySeconds: number;
  declared: boolean;
  frozen: boolean;
  stateVersion: number | null;
  resourceCount: number;
  appliedCodeCommit: string | null;
}

/** A workspace as main's configuration declares it. */
export interface DeclaredWorkspace {
  component: string;
  environment: string;
  layer: string;
  driftEverySeconds: number;
  /** Component and environment it had before, where it was renamed. */
  renamedFrom?: { component: string; environment: string };
}

/** A workspace's row with the commits it was last applied at. */
export type AppliedWorkspaceRow = WorkspaceRow & { appliedValuesCommit: string | null };

/** All workspaces of a repository, also those that are declared no more. */
export async function workspaceRows(tx: Tx, repositoryId: string): Promise<WorkspaceRow[]> {
  return appliedRows(tx, repositoryId);
}

/** The same, with the commit that the values came from. */
export async function appliedRows(tx: Tx, repositoryId: string): Promise<AppliedWorkspaceRow[]> {
  return tx
    .selectFrom("workspaces")
    .select([
      "workspace_id as workspaceId",
      "repository_id as repositoryId",
      "component",
      "environment",
      "layer",
      "drift_every_seconds as driftEverySeconds",
      "declared",
      sql<boolean>`frozen_at is not null`.as("frozen"),
      "state_version as stateVersion",
      "resource_count as resourceCount",
      "applied_code_commit as appliedCodeCommit",
      "applied_values_commit as appliedValuesCommit",
    ])
    .where("repository_id", "=", repositoryId)
    .execute();
}

/** Ids of the repositories that have a workspace in an environment whose name matches one of these expressions. */
export async function repositoriesWith(tx: Tx, expressions: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom("workspaces")
    .select("repository_id as repositoryId")
    .distinct()
    .where(sql<boolean>`environment ~ any(${[...expressions]}::text[])`)
    .execute();
  return rows.map(({ repositoryId }) => repositoryId);
}

/** Adds workspaces that are not there yet; those that are stay as they are. */
export async function insertWorkspaces(
  tx: Tx,
  organizationId: string,
  repositoryId: string,
  rows: readonly (DeclaredWorkspace & { workspaceId: string; declared: boolean })[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += insertedAtOnce)
    await insertSome(tx, organizationId, repositoryId, rows.slice(from, from + insertedAtOnce));
}

/** A statement takes 65,535 values. */
const insertedAtOnce = 2_000;

async function insertSome(
  tx: Tx,
  organizationId: string,
  repositoryId: string,
  rows: readonly (DeclaredWorkspace & { workspaceId: string; declared: boolean })[],
): Promise<void> {
  await tx
    .insertInto("workspaces")
    .values(
      rows.map((row) => ({
        organization_id: organizationId,
        workspace_id: row.workspaceId,
        repository_id: repositoryId,
        component: row.component,
        environment: row.environment,
        layer: row.layer,
        declared: row.declared,
        drift_every_seconds: row.driftEverySeconds,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Sets what main declares of one workspace. A shorter interval brings the next check nearer at once. */
export async function declareWorkspace(tx: Tx, workspaceId: string, declared: DeclaredWorkspace): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({
      component: declared.component,
      environment: declared.environment,
      layer: declared.layer,
      declared: true,
      drift_every_seconds: declared.driftEverySeconds,
      next_check_at: sql`least(next_check_at, now() + make_interval(secs => ${declared.driftEverySeconds}))`,
    })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/** Puts a workspace that main does not declare into the layer that a change proposes for it. */
export async function setLayer(tx: Tx, workspaceId: string, layer: string): Promise<void> {
  await tx.updateTable("workspaces").set({ layer }).where("workspace_id", "=", workspaceId).execute();
}

/** Marks workspaces that no configuration on main declares any more; their states stay. */
export async function undeclareWorkspaces(tx: Tx, workspaceIds: readonly string[]): Promise<void> {
  if (workspaceIds.length === 0) return;
  await tx
    .updateTable("workspaces")
    .set({ declared: false })
    .where("workspace_id", "in", [...workspaceIds])
    .execute();
}

/** Frees the name of a row that never had a state, for the renamed workspace that has one. */
export async function putAside(tx: Tx, row: WorkspaceRow): Promise<void> {
  await tx
    .updateTable("workspaces")
    .set({ component: `${row.component}~${row.workspaceId}`, declared: false })
    .where("workspace_id", "=", row.workspaceId)
    .execute();
}
