import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { sql } from "kysely";
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
  ids?: readonly string[] | undefined;
  components?: readonly string[] | undefined;
  repository?: string | undefined;
  environment?: string | undefined;
}

/**
 * Workspaces that main declares, and those it declares no more but that still hold resources; those by id in any case.
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
  else if (filter.ids !== undefined)
    query = query.where(sql<boolean>`workspaces.workspace_id = any(${[...filter.ids]}::uuid[])`);
  else
    query = query.where((where) =>
      where.or([where("workspaces.declared", "=", true), where("workspaces.resource_count", ">", 0)]),
    );
  if (filter.components !== undefined)
    query = query.where(sql<boolean>`workspaces.component = any(${[...filter.components]}::text[])`);
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

/** The named repository, or the first, if its main declares a workspace. */
export async function declaringRepository(
  tx: Tx,
  name: string | undefined,
): Promise<{ id: string; name: string } | undefined> {
  return tx
    .selectFrom("repositories")
    .select(["repository_id as id", "name"])
    .where(
      sql<boolean>`exists (select from workspaces where workspaces.organization_id = repositories.organization_id
        and workspaces.repository_id = repositories.repository_id and workspaces.declared)`,
    )
    .$if(name !== undefined, (query) => query.where("name", "=", name ?? ""))
    .orderBy("name")
    .limit(1)
    .executeTakeFirst();
}

/** What of a workspace's row decides how it stands; small enough for tens of thousands. */
export interface StandingRow {
  id: string;
  repositoryId: string;
  component: string;
  environment: string;
  declared: boolean;
  frozen: boolean;
  neverApplied: boolean;
  checkFailed: boolean;
  verified: boolean;
}

/** Which of them are wanted. */
export type StandingFilter = Pick<WorkspaceFilter, "repository" | "environment" | "components"> & {
  /** Those whose names hold each of the words. */
  words?: readonly string[] | undefined;
};

/** Which are well: those whose own row says nothing else, without those that something else says it of. */
interface Troubled {
  /** Ids of workspaces with an apply that did not end well, drift, or a check that is overdue. */
  troubled: readonly string[];
}

const isWell = sql<boolean>`(frozen_at is null and applied_code_commit is not null and not check_failed)`;

/**
 * The same workspaces in the same order as `selectWorkspaces`, in short; with `troubled` only those, and whose own rows
 * say that they are not well.
 */
export async function selectStandings(tx: Tx, filter: StandingFilter & Partial<Troubled>): Promise<StandingRow[]> {
  const { troubled } = filter;
  const rows = await standings(tx, filter)
    .select([
      "workspaces.workspace_id as id",
      "workspaces.repository_id as repositoryId",
      "workspaces.component",
      "workspaces.environment",
      // One number instead of five columns: there are tens of thousands of rows.
      sql<number>`declared::int + 2 * (frozen_at is not null)::int + 4 * (applied_code_commit is null)::int
        + 8 * check_failed::int + 16 * (verified_at is not null)::int`.as("flags"),
    ])
    .$if(troubled !== undefined, (query) => query.where(sql<boolean>`(not ${isWell} or ${isAmong(troubled ?? [])})`))
    .orderBy("repositories.name")
    .orderBy("workspaces.workspace_id")
    .execute();
  return rows.map(({ flags, ...row }) => ({
    ...row,
    declared: (flags & 1) > 0,
    frozen: (flags & 2) > 0,
    neverApplied: (flags & 4) > 0,
    checkFailed: (flags & 8) > 0,
    verified: (flags & 16) > 0,
  }));
}

/** How many of each environment `selectStandings` leaves out with the same `troubled`. */
export async function countWell(
  tx: Tx,
  filter: StandingFilter & Troubled,
): Promise<{ environment: string; count: number; verified: number; verifiedAt: Date | null }[]> {
  const counted = sql`${isWell} and not ${isAmong(filter.troubled)}`;
  return standings(tx, filter)
    .select([
      "workspaces.environment",
      sql<number>`(count(*) filter (where ${counted}))::int`.as("count"),
      sql<number>`(count(verified_at) filter (where ${counted}))::int`.as("verified"),
      sql<Date | null>`max(verified_at)`.as("verifiedAt"),
    ])
    .groupBy("workspaces.environment")
    .orderBy("workspaces.environment")
    .execute();
}

/** As a sub-select, which PostgreSQL hashes; an array it would search for every row. */
function isAmong(ids: readonly string[]) {
  return sql<boolean>`(workspaces.workspace_id in (select unnest(${[...ids]}::uuid[])))`;
}

function standings(tx: Tx, filter: StandingFilter) {
  const name = sql<string>`lower(workspaces.component || '/' || workspaces.environment)`;
  let query = tx
    .selectFrom("workspaces")
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.organization_id", "=", "workspaces.organization_id")
        .onRef("repositories.repository_id", "=", "workspaces.repository_id"),
    )
    .where(sql<boolean>`(workspaces.declared or workspaces.resource_count > 0)`)
    .$if(filter.repository !== undefined, (all) => all.where("repositories.name", "=", filter.repository ?? ""))
    .$if(filter.environment !== undefined, (all) => all.where("workspaces.environment", "=", filter.environment ?? ""))
    .$if(filter.components !== undefined, (all) =>
      all.where(sql<boolean>`workspaces.component = any(${[...(filter.components ?? [])]}::text[])`),
    );
  for (const word of filter.words ?? [])
    query = query.where(sql<boolean>`position(${word.toLowerCase()} in ${name}) > 0`);
  return query;
}
