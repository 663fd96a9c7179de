import type { Tx } from "../platform/database/pools.ts";

/** The engine's version of the run that was applied last, by workspace; those never applied are absent. */
export async function appliedEngines(tx: Tx, workspaceIds: readonly string[]): Promise<Map<string, string>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("workspaces")
    .innerJoin("runs", (join) =>
      join
        .onRef("runs.organization_id", "=", "workspaces.organization_id")
        .onRef("runs.run_id", "=", "workspaces.applied_run_id"),
    )
    .leftJoin("runs as planned", (join) =>
      join
        .onRef("planned.organization_id", "=", "runs.organization_id")
        .onRef("planned.run_id", "=", "runs.planned_run_id"),
    )
    .select(["workspaces.workspace_id as id", "runs.engine_version as applied", "planned.engine_version as planned"])
    .where("workspaces.workspace_id", "in", [...workspaceIds])
    .execute();
  return new Map(
    rows.flatMap(({ id, applied, planned }): [string, string][] => {
      // A run that applies the bytes of another's plan reports no engine of its own.
      const version = applied ?? planned;
      return version === null ? [] : [[id, version]];
    }),
  );
}
