import { isDeepStrictEqual } from "node:util";
import { workspaceName, parseWorkspaceName } from "@plumbline/contract/configuration/workspaces";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/pools.ts";
import { openInputs } from "../inputs.ts";
import { readUpstreams } from "../output-queries.ts";
import type { RunsContext } from "../runs-context.ts";

/** An input whose value in the upstream's state is not the one that a run was given. */
export interface ChangedInput {
  variable: string;
  /** The upstream, with its repository where that is another one, and its output. */
  workspace: string;
  output: string;
  /** The upstream's state has no such output any more. */
  gone: boolean;
}

/**
 * Which of these runs were given values that their upstreams' states do not hold any more, and which inputs those are;
 * runs whose values still stand are not in it. Values that were only planned are not compared.
 */
export async function changedInputs(
  tx: Tx,
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  runIds: readonly string[],
): Promise<Map<string, ChangedInput[]>> {
  const changed = new Map<string, ChangedInput[]>();
  const runs = (await mayHaveChanged(tx, runIds)).map((run) => ({
    id: run.id,
    given: openInputs(context, { organizationId, id: run.id }, run.sealed).flatMap((input) => {
      const parts = input.stateVersion === null ? undefined : parseWorkspaceName(input.workspace);
      return parts === undefined
        ? []
        : [{ ...input, from: { ...parts, repositoryId: input.repository?.id ?? run.repositoryId } }];
    }),
  }));
  const upstreams = await readUpstreams(
    tx,
    context,
    organizationId,
    runs.flatMap(({ given }) => given.map(({ from }) => from)),
  );
  for (const run of runs) {
    const found: ChangedInput[] = [];
    for (const given of run.given) {
      const id = upstreams.idOf(given.from);
      const now = id === undefined ? undefined : upstreams.outputsOf(id);
      if (now?.version === given.stateVersion) continue;
      const output = now?.outputs[given.output];
      if (output !== undefined && isDeepStrictEqual(output.value, given.value)) continue;
      const { variable, repository } = given;
      const workspace = repository === undefined ? given.workspace : `${repository.name}:${given.workspace}`;
      found.push({ variable, workspace, output: given.output, gone: output === undefined });
    }
    if (found.length > 0) changed.set(run.id, found);
  }
  return changed;
}

/**
 * Runs with inputs in whose environment some state was written since about when they were made: only their snapshots need
 * be opened. A minute is more than any transaction that writes a state takes. When the states of a place were written is
 * asked once for all runs of it.
 */
async function mayHaveChanged(tx: Tx, runIds: readonly string[]) {
  if (runIds.length === 0) return [];
  const { rows } = await sql<{ id: string; sealed: Buffer; repositoryId: string }>`
    with given as materialized (
      select r.run_id, r.inputs_sealed, r.created_at, w.repository_id, w.environment,
        r.input_repositories || w.repository_id as sources
      from runs r
      join workspaces w on w.organization_id = r.organization_id and w.workspace_id = r.workspace_id
      where r.organization_id = plumbline_organization() and r.run_id = any(${[...runIds]}::uuid[])
        and r.inputs_sealed is not null
    ),
    written as materialized (
      select o.repository_id, o.environment, max(s.created_at) as at
      from (select distinct source, environment from given, unnest(sources) as source) as place
      join workspaces o on o.organization_id = plumbline_organization() and o.repository_id = place.source
        and o.environment = place.environment
      join state_versions s on s.organization_id = o.organization_id and s.workspace_id = o.workspace_id
        and s.version = o.state_version
      group by o.repository_id, o.environment
    )
    select run_id as id, inputs_sealed as sealed, repository_id as "repositoryId"
    from given
    where exists (
      select from written
      where written.environment = given.environment and written.repository_id = any(given.sources)
        and written.at > given.created_at - interval '1 minute'
    )`.execute(tx);
  return rows;
}

/** The run with which a workspace was last applied cleanly. */
export interface AppliedRun {
  workspaceId: string;
  workspace: string;
  runId: string;
  appliedAt: Date;
}

/** The workspaces of an environment that main declares and that are applied, each with the run that did it. */
export async function appliedIn(tx: Tx, repositoryId: string, environment: string): Promise<AppliedRun[]> {
  const rows = await tx
    .selectFrom("workspaces")
    .select(["workspace_id as workspaceId", "component", "applied_run_id as runId", "applied_at as appliedAt"])
    .where("repository_id", "=", repositoryId)
    .where("environment", "=", environment)
    .where("declared", "=", true)
    .orderBy("component")
    .execute();
  return rows.flatMap(({ workspaceId, component, runId, appliedAt }) =>
    runId === null || appliedAt === null
      ? []
      : [{ workspaceId, workspace: workspaceName(component, environment), runId, appliedAt }],
  );
}

/** Which of these plans came out whole and without any change, and were made with real values. */
export async function plansWithoutChanges(tx: Tx, runIds: readonly string[]): Promise<Set<string>> {
  if (runIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom("runs")
    .select("run_id as id")
    .where("run_id", "in", [...runIds])
    .where("kind", "=", "plan")
    .where("status", "=", "finished")
    .where("provisional", "=", false)
    .where(sql<boolean>`plan_view @> '{"changes": false, "complete": true, "errored": false}'`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Other repositories in which runs of an environment were given outputs of this one. */
export async function repositoriesTaking(
  tx: Tx,
  from: { repositoryId: string; environment: string },
): Promise<string[]> {
  const rows = await tx
    .selectFrom("runs as r")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "r.organization_id").onRef("w.workspace_id", "=", "r.workspace_id"),
    )
    .select("w.repository_id as id")
    .distinct()
    .where(sql<boolean>`r.input_repositories <> '{}' and r.input_repositories @> array[${from.repositoryId}]::uuid[]`)
    .where("w.environment", "=", from.environment)
    .execute();
  return rows.map(({ id }) => id);
}
