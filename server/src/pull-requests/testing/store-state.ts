import { randomUUID } from "node:crypto";
import { collectInputs } from "../../runs/collect-inputs.ts";
import { repositoriesOf, sealInputs } from "../../runs/inputs.ts";
import type { RunRecord } from "../../runs/run-queries.ts";
import type { RunsContext } from "../../runs/runs-context.ts";
import { sealOutputs } from "../../states/seal-state.ts";
import type { testDatabase } from "../../testing/test-database.ts";

/**
 * Does to the database what a clean apply does: a snapshot of the inputs, a new state version with these outputs (or
 * those of the version before), and the marks of what was applied. Answers the version.
 */
export async function storeState(
  { database, runs }: { database: Awaited<ReturnType<typeof testDatabase>>; runs: RunsContext },
  run: RunRecord,
  outputs: Record<string, string> | undefined,
): Promise<number> {
  const { organizationId, workspace } = run;
  const version = (workspace.stateVersion ?? 0) + 1;
  const inputs = await database.db.transaction(organizationId, (tx) => collectInputs(tx, runs, run));
  const values = inputs.ready ? inputs.values : [];
  await database.sql("update runs set inputs_sealed = $2, input_repositories = $3 where run_id = $1", [
    run.id,
    sealInputs(runs, run, values),
    repositoriesOf(values),
  ]);
  if (outputs !== undefined) {
    const id = randomUUID();
    const values = Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { value, type: "string", sensitive: false }]),
    );
    await database.sql(
      `insert into state_versions (organization_id, workspace_id, version, state_version_id, serial, lineage, sha256,
         size, resource_count, sealed, sealed_outputs, run_id, epoch)
       values ($1, $2, $3, $4, $3, 'l', 's', 1, 1, '', $5, $6, 1)`,
      [organizationId, workspace.id, version, id, sealOutputs(runs.sealing, organizationId, id, values), run.id],
    );
  }
  await database.sql(
    `update workspaces set state_version = $2, applied_code_commit = $3, applied_values_commit = $4,
       applied_run_id = $5, applied_at = now() where workspace_id = $1`,
    [workspace.id, version, run.codeCommit, run.valuesCommit, run.id],
  );
  return version;
}
