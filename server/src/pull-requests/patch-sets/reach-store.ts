import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../platform/database/pools.ts";

/** What the patch sets of a pull request touch, old ones included. */
export interface PullRequestReach {
  /** Of the workspaces that are affected. */
  environments: string[];
  /** Of the files that are changed, in either place where one was moved. */
  paths: string[];
}

const Paths = z.array(z.string());

/** What each of these pull requests touches, by its id. */
export async function reachOfPullRequests(
  tx: Tx,
  pullRequestIds: readonly string[],
): Promise<Map<string, PullRequestReach>> {
  if (pullRequestIds.length === 0) return new Map();
  const patchSets = await tx
    .selectFrom("patch_sets")
    .select(["pull_request_id as id", "changed_paths as paths"])
    .where("pull_request_id", "in", [...pullRequestIds])
    .execute();
  const environments = await tx
    .selectFrom("affected_workspaces as a")
    .innerJoin("patch_sets as p", (join) =>
      join.onRef("p.organization_id", "=", "a.organization_id").onRef("p.patch_set_id", "=", "a.patch_set_id"),
    )
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "a.organization_id").onRef("w.workspace_id", "=", "a.workspace_id"),
    )
    .select(["p.pull_request_id as id", "w.environment"])
    .distinct()
    .where("p.pull_request_id", "in", [...pullRequestIds])
    .execute();
  const reaches = new Map<string, PullRequestReach>();
  for (const { id, paths } of patchSets) {
    const reach = reaches.get(id) ?? { environments: [], paths: [] };
    reaches.set(id, { ...reach, paths: [...reach.paths, ...Paths.parse(paths)] });
  }
  for (const { id, environment } of environments) reaches.get(id)?.environments.push(environment);
  return reaches;
}

/** Pull requests that affect a workspace of an environment whose name matches one of these regular expressions. */
export async function pullRequestsReaching(
  tx: Tx,
  expressions: readonly string[],
): Promise<{ id: string; number: number; repositoryId: string; revertsNumber: number | null }[]> {
  return tx
    .selectFrom("affected_workspaces as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "a.organization_id").onRef("w.workspace_id", "=", "a.workspace_id"),
    )
    .innerJoin("patch_sets as s", (join) =>
      join.onRef("s.organization_id", "=", "a.organization_id").onRef("s.patch_set_id", "=", "a.patch_set_id"),
    )
    .innerJoin("pull_requests as p", (join) =>
      join.onRef("p.organization_id", "=", "s.organization_id").onRef("p.pull_request_id", "=", "s.pull_request_id"),
    )
    .select([
      "p.pull_request_id as id",
      "p.number",
      "p.repository_id as repositoryId",
      "p.reverts_number as revertsNumber",
    ])
    .distinct()
    .where(sql<boolean>`w.environment ~ any(${[...expressions]}::text[])`)
    .execute();
}
