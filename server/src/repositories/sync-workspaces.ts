import { driftInterval } from "@plumbline/contract/configuration/configuration";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { resolveWorkspaces } from "@plumbline/engine/sources/repository-state";
import type { RepositoryState } from "@plumbline/engine/sources/repository-state";
import type { NewId } from "../platform/ids.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { RepositoryKey } from "../forges/forge.ts";
import {
  declareWorkspace,
  insertWorkspaces,
  putAside,
  setLayer,
  undeclareWorkspaces,
  workspaceRows,
} from "./workspace-row-store.ts";
import type { DeclaredWorkspace, WorkspaceRow } from "./workspace-row-store.ts";

export type { DeclaredWorkspace, WorkspaceRow } from "./workspace-row-store.ts";

/** The workspaces that a commit declares, pins followed. */
export function declaredWorkspaces(state: RepositoryState): DeclaredWorkspace[] {
  return resolveWorkspaces(state).map(({ component, environment }) => {
    const former = {
      component: component.renamedFrom ?? component.name,
      environment: environment.renamedFrom ?? environment.name,
    };
    const renamed = former.component !== component.name || former.environment !== environment.name;
    return {
      component: component.name,
      environment: environment.name,
      layer: component.layer,
      driftEverySeconds: driftInterval(environment, component.name),
      ...(renamed ? { renamedFrom: former } : {}),
    };
  });
}

/**
 * Brings the rows of workspaces in line with what main declares. A renamed one keeps its row, hence its state; one that
 * is gone keeps its row and state and is only marked.
 */
export async function syncWorkspaces(
  tx: Tx,
  newId: NewId,
  key: RepositoryKey,
  declared: readonly DeclaredWorkspace[],
): Promise<void> {
  const rows = new Map((await workspaceRows(tx, key.repositoryId)).map((row) => [nameOf(row), row]));
  const names = new Set(declared.map(nameOf));
  const kept = new Set<string>();
  const added: DeclaredWorkspace[] = [];
  for (const workspace of declared) {
    const former = workspace.renamedFrom === undefined ? undefined : rows.get(nameOf(workspace.renamedFrom));
    const own = rows.get(nameOf(workspace));
    // A row made only for a plan before the merge gives way to the one that holds the state.
    const isDraft = (own?.stateVersion ?? null) === null;
    const row = isDraft && former !== undefined && !names.has(nameOf(former)) ? former : own;
    if (row === undefined) {
      added.push(workspace);
      continue;
    }
    if (own !== undefined && row !== own) await putAside(tx, own);
    // Nearly all stay as they are when main moves.
    if (!isDeclaredAs(row, workspace)) await declareWorkspace(tx, row.workspaceId, workspace);
    kept.add(row.workspaceId);
  }
  await insertWorkspaces(
    tx,
    key.organizationId,
    key.repositoryId,
    added.map((workspace) => ({ ...workspace, workspaceId: newId(), declared: true })),
  );
  const gone = [...rows.values()].filter((row) => row.declared && !kept.has(row.workspaceId));
  await undeclareWorkspaces(
    tx,
    gone.map((row) => row.workspaceId),
  );
}

function isDeclaredAs(row: WorkspaceRow, workspace: DeclaredWorkspace): boolean {
  const { component, environment, layer, driftEverySeconds } = workspace;
  return (
    row.declared &&
    row.component === component &&
    row.environment === environment &&
    row.layer === layer &&
    row.driftEverySeconds === driftEverySeconds
  );
}

/** Makes rows for workspaces that only a pull request declares, so that they can be planned. */
export async function ensureWorkspaces(
  tx: Tx,
  newId: NewId,
  key: RepositoryKey,
  wanted: readonly DeclaredWorkspace[],
): Promise<Map<string, WorkspaceRow>> {
  const before = new Map((await workspaceRows(tx, key.repositoryId)).map((row) => [nameOf(row), row]));
  const missing = wanted.filter((workspace) => !before.has(nameOf(workspace)));
  // What main declares stays as main has it; of what it does not, the newest proposal counts, not one that was dropped.
  const moved = wanted.flatMap((workspace) => {
    const row = before.get(nameOf(workspace));
    return row !== undefined && !row.declared && row.layer !== workspace.layer ? [{ row, layer: workspace.layer }] : [];
  });
  if (missing.length + moved.length === 0) return before;
  for (const { row, layer } of moved) await setLayer(tx, row.workspaceId, layer);
  await insertWorkspaces(
    tx,
    key.organizationId,
    key.repositoryId,
    missing.map((workspace) => ({ ...workspace, workspaceId: newId(), declared: false })),
  );
  return new Map((await workspaceRows(tx, key.repositoryId)).map((row) => [nameOf(row), row]));
}

/** All workspaces of a repository by name, also those that are declared no more. */
export async function workspacesByName(tx: Tx, repositoryId: string): Promise<Map<string, WorkspaceRow>> {
  return new Map((await workspaceRows(tx, repositoryId)).map((row) => [nameOf(row), row]));
}

function nameOf(workspace: { component: string; environment: string }): string {
  return workspaceName(workspace.component, workspace.environment);
}
