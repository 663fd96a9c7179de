import { findComponent } from "@plumbline/contract/configuration/configuration";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Tx } from "../../platform/database/pools.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import type { AppliedWorkspaceRow } from "../../repositories/applied-workspaces.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import type { AffectedRecord } from "../pull-request.ts";

/** A workspace that still has resources and depends on what is to be destroyed. */
export interface RemainingDependent {
  workspace: string;
  resources: number;
  /** Names of the workspaces it depends on. */
  dependsOn: string[];
}

/**
 * Who would be left behind by a destruction: workspaces with resources, outside the list, whose component depends on one
 * of it in the same environment, by the code they were applied with or by main. Sorted by name.
 */
export async function remainingDependents(
  tx: Tx,
  reader: RepositoryReader,
  main: string,
  destroyed: readonly Pick<AffectedRecord, "workspaceId" | "workspace" | "environment">[],
): Promise<RemainingDependent[]> {
  const ids = new Set(destroyed.map(({ workspaceId }) => workspaceId));
  const names = new Set(destroyed.map(({ workspace }) => workspace));
  const environments = new Set(destroyed.map(({ environment }) => environment));
  const rows = await appliedWorkspaces(tx, reader.key.repositoryId);
  const found: RemainingDependent[] = [];
  for (const [workspace, row] of rows) {
    if (ids.has(row.workspaceId) || !environments.has(row.environment) || row.resourceCount === 0) continue;
    const upstreams = await upstreamsOf(reader, main, row);
    const dependsOn = upstreams.filter((name) => names.has(name));
    if (dependsOn.length > 0) found.push({ workspace, resources: row.resourceCount, dependsOn });
  }
  return found.toSorted((left, right) => (left.workspace < right.workspace ? -1 : 1));
}

async function upstreamsOf(reader: RepositoryReader, main: string, row: AppliedWorkspaceRow): Promise<string[]> {
  const components = new Set<string>();
  for (const commit of [row.appliedCodeCommit, main]) {
    const code = commit === null ? undefined : await reader.code(commit);
    const component = code && findComponent(code.configuration, row.component);
    for (const name of component?.dependsOn ?? []) components.add(name);
  }
  return [...components].map((component) => workspaceName(component, row.environment));
}
