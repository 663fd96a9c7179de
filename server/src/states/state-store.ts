import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";

/** A stored version, without its bytes. */
export interface StateVersionRecord {
  id: string;
  workspaceId: string;
  version: number;
  serial: number;
  lineage: string;
  sha256: string;
  size: number;
  resources: number;
  run: number | null;
  pullRequest: number | null;
  createdAt: Date;
}

/** Keeps everybody else from writing this workspace's state until the commit; answers its newest version number. */
export async function lockWorkspaceState(tx: Tx, workspaceId: string): Promise<number | null> {
  const row = await tx
    .selectFrom("workspaces")
    .select("state_version")
    .where("workspace_id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.state_version;
}

/** Adds a version and makes it the newest. */
export async function insertStateVersion(
  tx: Tx,
  organizationId: string,
  state: Omit<StateVersionRecord, "run" | "pullRequest"> & {
    types: Readonly<Record<string, number>>;
    sealed: Buffer;
    sealedOutputs: Buffer;
    engineVersion: string | null;
    runId: string;
    epoch: number;
  },
): Promise<void> {
  await tx
    .insertInto("state_versions")
    .values({
      organization_id: organizationId,
      workspace_id: state.workspaceId,
      version: state.version,
      state_version_id: state.id,
      serial: state.serial,
      lineage: state.lineage,
      sha256: state.sha256,
      size: state.size,
      resource_count: state.resources,
      resource_types: JSON.stringify(state.types),
      engine_version: state.engineVersion,
      sealed: state.sealed,
      sealed_outputs: state.sealedOutputs,
      run_id: state.runId,
      epoch: state.epoch,
      created_at: state.createdAt,
    })
    .execute();
  await tx
    .updateTable("workspaces")
    .set({ state_version: state.version, resource_count: state.resources })
    .where("workspace_id", "=", state.workspaceId)
    .execute();
}

/** One version; the newest without a number. */
export async function stateVersion(
  tx: Tx,
  workspaceId: string,
  version?: number,
): Promise<StateVersionRecord | undefined> {
  const row = await selected(tx)
    .where("state_versions.workspace_id", "=", workspaceId)
    .$if(version !== undefined, (query) => query.where("state_versions.version", "=", version ?? 0))
    .orderBy("state_versions.version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row;
}

/** The version that was the newest at an instant; undefined where there was none. */
export async function stateVersionAt(tx: Tx, workspaceId: string, at: Date): Promise<StateVersionRecord | undefined> {
  return selected(tx)
    .where("state_versions.workspace_id", "=", workspaceId)
    .where("state_versions.created_at", "<=", at)
    .orderBy("state_versions.version", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** When the version after this one was stored; undefined while there is none. */
export async function replacedAt(tx: Tx, workspaceId: string, version: number): Promise<Date | undefined> {
  const row = await tx
    .selectFrom("state_versions")
    .select("created_at")
    .where("workspace_id", "=", workspaceId)
    .where("version", ">", version)
    .orderBy("version")
    .limit(1)
    .executeTakeFirst();
  return row?.created_at;
}

/** Versions before a number, newest first. */
export async function stateVersionsBefore(
  tx: Tx,
  workspaceId: string,
  before: number | null,
  limit: number,
): Promise<StateVersionRecord[]> {
  return selected(tx)
    .where("state_versions.workspace_id", "=", workspaceId)
    .$if(before !== null, (query) => query.where("state_versions.version", "<", before ?? 0))
    .orderBy("state_versions.version", "desc")
    .limit(limit)
    .execute();
}

/** The sealed bytes of a version. */
export async function sealedState(
  tx: Tx,
  workspaceId: string,
  version: number,
): Promise<{ id: string; sealed: Buffer } | undefined> {
  return tx
    .selectFrom("state_versions")
    .select(["state_version_id as id", "sealed"])
    .where("workspace_id", "=", workspaceId)
    .where("version", "=", version)
    .executeTakeFirst();
}

/** The newest version of every workspace that has one: `s`, beside its workspace `w`. */
export function newestVersions(tx: Tx) {
  return tx
    .selectFrom("workspaces as w")
    .innerJoin("state_versions as s", (join) =>
      join
        .onRef("s.organization_id", "=", "w.organization_id")
        .onRef("s.workspace_id", "=", "w.workspace_id")
        .onRef("s.version", "=", "w.state_version"),
    );
}

/** The newest version of each of these workspaces that has one, and how many bytes it takes, sealed. */
export async function newestSizes(
  tx: Tx,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; version: number; bytes: number }[]> {
  return newestVersions(tx)
    .select(["w.workspace_id as workspaceId", "s.version", sql<number>`octet_length(s.sealed)`.as("bytes")])
    .where(sql<boolean>`w.workspace_id = any(${[...workspaceIds]}::uuid[])`)
    .execute();
}

/** The sealed bytes of some versions. */
export async function sealedStates(
  tx: Tx,
  versions: readonly { workspaceId: string; version: number }[],
): Promise<{ workspaceId: string; version: number; id: string; sealed: Buffer }[]> {
  const wanted = JSON.stringify(versions.map(({ workspaceId, version }) => ({ workspaceId, version })));
  return tx
    .selectFrom("state_versions as s")
    .select(["s.workspace_id as workspaceId", "s.version", "s.state_version_id as id", "s.sealed"])
    .where(
      sql<boolean>`(s.workspace_id, s.version) in (select "workspaceId", version
        from jsonb_to_recordset(${wanted}::jsonb) as wanted ("workspaceId" uuid, version bigint))`,
    )
    .execute();
}

/** The sealed outputs of the newest versions of workspaces; those without a state are not in it. */
export async function sealedOutputs(
  tx: Tx,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; id: string; version: number; sealed: Buffer }[]> {
  if (workspaceIds.length === 0) return [];
  return newestVersions(tx)
    .select(["w.workspace_id as workspaceId", "s.state_version_id as id", "s.version", "s.sealed_outputs as sealed"])
    .where(sql<boolean>`w.workspace_id = any(${[...workspaceIds]}::uuid[])`)
    .execute();
}

// Who wrote a version is told by the run; runs and pull requests are only read here.
function selected(tx: Tx) {
  return tx
    .selectFrom("state_versions")
    .leftJoin("runs", (join) =>
      join
        .onRef("runs.organization_id", "=", "state_versions.organization_id")
        .onRef("runs.run_id", "=", "state_versions.run_id"),
    )
    .leftJoin("pull_requests", (join) =>
      join
        .onRef("pull_requests.organization_id", "=", "runs.organization_id")
        .onRef("pull_requests.pull_request_id", "=", "runs.pull_request_id"),
    )
    .select([
      "state_versions.state_version_id as id",
      "state_versions.workspace_id as workspaceId",
      "state_versions.version",
      "state_versions.serial",
      "state_versions.lineage",
      "state_versions.sha256",
      "state_versions.size",
      "state_versions.resource_count as resources",
      "runs.number as run",
      "pull_requests.number as pullRequest",
      "state_versions.created_at as createdAt",
    ]);
}

/** Workspaces that count: those that main declares, and those that still hold resources. */
export interface HeldFilter {
  repository?: string | undefined;
  environments?: readonly string[] | undefined;
}

/**
 * A word for each environment that is another one as soon as one of its workspaces has a newer state or another name,
 * or it has other workspaces: no two versions of a state have the same number. Ten thousand workspaces take some milliseconds.
 */
export async function stateMarks(tx: Tx, filter: HeldFilter): Promise<Map<string, string>> {
  const rows = await held(tx, filter)
    .select([
      "w.environment",
      sql<string>`bit_xor(uuid_hash_extended(w.workspace_id,
        hashtextextended(w.component, coalesce(w.state_version, 0))))::text`.as("mark"),
    ])
    .groupBy("w.environment")
    .execute();
  return new Map(rows.map(({ environment, mark }) => [environment, mark]));
}

const Types = z.record(z.string(), z.number());

/** How many resources of each type the newest state of each workspace holds; by repository, then as they were made. */
export async function newestTypes(
  tx: Tx,
  filter: HeldFilter,
): Promise<{ component: string; environment: string; types: Record<string, number> }[]> {
  const rows = await held(tx, filter)
    .leftJoin("state_versions as s", (join) =>
      join
        .onRef("s.organization_id", "=", "w.organization_id")
        .onRef("s.workspace_id", "=", "w.workspace_id")
        .onRef("s.version", "=", "w.state_version"),
    )
    .select(["w.component", "w.environment", "s.resource_types as types"])
    .orderBy("r.name")
    .orderBy("w.workspace_id")
    .execute();
  return rows.map(({ types, ...row }) => ({ ...row, types: Types.parse(types ?? {}) }));
}

function held(tx: Tx, { repository, environments }: HeldFilter) {
  return tx
    .selectFrom("workspaces as w")
    .innerJoin("repositories as r", (join) =>
      join.onRef("r.organization_id", "=", "w.organization_id").onRef("r.repository_id", "=", "w.repository_id"),
    )
    .where(sql<boolean>`(w.declared or w.resource_count > 0)`)
    .$if(repository !== undefined, (query) => query.where("r.name", "=", repository ?? ""))
    .$if(environments !== undefined, (query) =>
      query.where(sql<boolean>`w.environment = any(${[...(environments ?? [])]}::text[])`),
    );
}
