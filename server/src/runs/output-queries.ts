import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { stateOutputs } from "../states/read-state.ts";
import type { VersionOutputs } from "../states/read-state.ts";
import type { RunsContext } from "./runs-context.ts";

/** An output as a plan leaves it behind. */
const PlannedOutputs = z.record(
  z.string(),
  z.discriminatedUnion("known", [
    z.object({ known: z.literal(true), sensitive: z.boolean(), value: z.json() }),
    z.object({ known: z.literal(false), sensitive: z.boolean() }),
  ]),
);
export type PlannedOutputs = z.infer<typeof PlannedOutputs>;

/** A workspace that another takes values from. */
export interface UpstreamName {
  repositoryId: string;
  component: string;
  environment: string;
}

/** What the workspaces that runs depend on have to offer. */
export interface Upstreams {
  /** The id of a workspace; undefined where there is none. */
  idOf(name: UpstreamName): string | undefined;
  /** The outputs in a workspace's newest state; undefined where it has none. */
  outputsOf(workspaceId: string): VersionOutputs | undefined;
  /** What a plan run said its outputs will be. */
  plannedBy(runId: string): PlannedOutputs;
}

/** Reads what these workspaces and plan runs have to offer, with as many statements for many as for one. */
export async function readUpstreams(
  tx: Tx,
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  names: readonly UpstreamName[],
  planRunIds: readonly string[] = [],
): Promise<Upstreams> {
  const ids = await workspaceIds(tx, names);
  const outputs = await stateOutputs(tx, context, organizationId, [...ids.values()]);
  const planned = await sealedPlannedOutputs(tx, planRunIds);
  const opened = new Map<string, PlannedOutputs>();
  return {
    idOf: (name) => ids.get(keyOf(name)),
    outputsOf: (workspaceId) => outputs.get(workspaceId)?.(),
    plannedBy(runId) {
      const known = opened.get(runId);
      if (known !== undefined) return known;
      const sealed = planned.get(runId);
      const read = sealed === undefined ? {} : openPlannedOutputs(context, organizationId, runId, sealed);
      opened.set(runId, read);
      return read;
    },
  };
}

function keyOf({ repositoryId, component, environment }: UpstreamName): string {
  return `${repositoryId}/${component}/${environment}`;
}

async function workspaceIds(tx: Tx, names: readonly UpstreamName[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const distinct = [...new Map(names.map((name) => [keyOf(name), name])).values()];
  const rows = await tx
    .selectFrom("workspaces")
    .select(["workspace_id as id", "repository_id as repositoryId", "component", "environment"])
    .where(
      sql<boolean>`(repository_id, component, environment) in (select * from unnest(
        ${distinct.map((name) => name.repositoryId)}::uuid[], ${distinct.map((name) => name.component)}::text[],
        ${distinct.map((name) => name.environment)}::text[]))`,
    )
    .execute();
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

async function sealedPlannedOutputs(tx: Tx, runIds: readonly string[]): Promise<Map<string, Buffer>> {
  if (runIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("runs")
    .select(["run_id as id", "planned_outputs_sealed as sealed"])
    .where(sql<boolean>`run_id = any(${[...runIds]}::uuid[])`)
    .execute();
  return new Map(rows.flatMap(({ id, sealed }) => (sealed === null ? [] : [[id, sealed]])));
}

function openPlannedOutputs(
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  runId: string,
  sealed: Buffer,
): PlannedOutputs {
  const bytes = context.sealing.open("planned-outputs", organizationId, runId, sealed);
  return PlannedOutputs.parse(JSON.parse(bytes.toString("utf8")));
}

/** Seals them. */
export function sealPlannedOutputs(
  context: Pick<RunsContext, "sealing">,
  organizationId: string,
  runId: string,
  outputs: PlannedOutputs,
): Buffer {
  return context.sealing.seal("planned-outputs", organizationId, runId, Buffer.from(JSON.stringify(outputs)));
}
