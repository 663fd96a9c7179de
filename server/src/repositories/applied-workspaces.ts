import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Tx } from "../platform/database/pools.ts";
import { appliedRows } from "./workspace-row-store.ts";
import type { AppliedWorkspaceRow } from "./workspace-row-store.ts";

export type { AppliedWorkspaceRow } from "./workspace-row-store.ts";

/** All workspaces of a repository by name, with the commits they were last applied at. */
export async function appliedWorkspaces(tx: Tx, repositoryId: string): Promise<Map<string, AppliedWorkspaceRow>> {
  const rows = await appliedRows(tx, repositoryId);
  return new Map(rows.map((row) => [workspaceName(row.component, row.environment), row]));
}
