import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../platform/database/pools.ts";

/** An open pull request, as far as a task for it needs it. */
export interface OpenChange {
  organizationId: string;
  id: string;
  repositoryId: string;
}

// With each run that ends it is asked what of the open pull requests follows from it: nothing of them is read whole.
const newestOfOpen = sql`pull_requests p
  cross join lateral (
    select s.patch_set_id, s.changed_paths from patch_sets s
    where s.organization_id = p.organization_id and s.pull_request_id = p.pull_request_id
    order by s.number desc limit 1
  ) as newest`;
const columns = sql`p.organization_id as "organizationId", p.pull_request_id as id, p.repository_id as "repositoryId"`;

/** Those of these repositories whose newest patch set had one of these workspaces planned. */
export async function openWithPlansOf(
  tx: Tx,
  repositoryIds: readonly string[],
  workspaceIds: readonly string[],
): Promise<OpenChange[]> {
  if (workspaceIds.length === 0) return [];
  const { rows } = await sql<OpenChange>`
    select ${columns} from ${newestOfOpen}
    where p.organization_id = plumbline_organization() and p.status = 'open'
      and p.repository_id = any(${[...repositoryIds]}::uuid[])
      and exists (
        select from affected_workspaces a
        where a.organization_id = p.organization_id and a.patch_set_id = newest.patch_set_id
          and a.workspace_id = any(${[...workspaceIds]}::uuid[]) and a.run_id is not null)`.execute(tx);
  return rows;
}

const Paths = z.array(z.string());

/** Those of these repositories whose newest patch set changes something in the folder of policies, with its paths. */
export async function openInPolicies(
  tx: Tx,
  repositoryIds: readonly string[],
): Promise<(OpenChange & { changedPaths: string[] })[]> {
  const { rows } = await sql<OpenChange & { changedPaths: unknown }>`
    select ${columns}, newest.changed_paths as "changedPaths" from ${newestOfOpen}
    where p.organization_id = plumbline_organization() and p.status = 'open'
      and p.repository_id = any(${[...repositoryIds]}::uuid[])
      and jsonb_path_exists(newest.changed_paths, '$[*] ? (@ starts with "policies/")')`.execute(tx);
  return rows.map((row) => ({ ...row, changedPaths: Paths.parse(row.changedPaths) }));
}
