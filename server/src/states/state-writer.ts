import type { Tx } from "../platform/database/pools.ts";
import type { WorkspaceRef } from "./workspace-ref.ts";

/**
 * Which engine has written the newest state of a workspace: its version as the state says it, and its name where a run
 * wrote it. Undefined where there is no state, or it does not say.
 */
export async function writerOfState(
  tx: Tx,
  workspace: Pick<WorkspaceRef, "id" | "stateVersion">,
): Promise<{ name: string | null; version: string } | undefined> {
  if (workspace.stateVersion === null) return undefined;
  const row = await tx
    .selectFrom("state_versions")
    .leftJoin("runs", (join) =>
      join
        .onRef("runs.organization_id", "=", "state_versions.organization_id")
        .onRef("runs.run_id", "=", "state_versions.run_id"),
    )
    .select(["state_versions.engine_version as version", "runs.engine_name as name"])
    .where("state_versions.workspace_id", "=", workspace.id)
    .where("state_versions.version", "=", workspace.stateVersion)
    .executeTakeFirst();
  return row === undefined || row.version === null ? undefined : { name: row.name, version: row.version };
}
