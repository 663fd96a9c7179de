import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { ReferenceCache, SourceProblem } from "./closure.ts";
import { workspaceFingerprint } from "./input-tree.ts";
import type { RepositoryState, Workspace } from "./repository-state.ts";
import { resolveWorkspaces } from "./repository-state.ts";

/** Why a workspace is affected. */
export type AffectedReason = "changed" | "added" | "renamed" | "environment_added" | "pin_moved" | "downstream";

/** A workspace that a change affects. */
export interface AffectedWorkspace {
  workspace: Workspace;
  reason: AffectedReason;
  /** True where it is affected only because something it depends on is: it may get a provisional plan. */
  downstream: boolean;
  /** Names of the affected workspaces that it depends on directly; its plan is provisional while they are not applied. */
  upstreams: string[];
  /** Its name before, where the change renames its component or environment. */
  renamedFrom?: string;
  /** Why its files cannot be taken; then it cannot be planned. */
  problems: SourceProblem[];
}

/** What a change does to the workspaces of a repository. */
export interface Affected {
  /** Environments in order of promotion, inside one in dependency order. */
  workspaces: AffectedWorkspace[];
  /** Workspaces that are gone: nothing is destroyed by that; each needs a destroy pull request. */
  removed: Workspace[];
}

/**
 * Which workspaces a change from one state of the repository to another affects: those for which anything they consist
 * of differs (code with all it refers to, values, sealed references, their entry in plumbline.yaml, engine, pin), and
 * everything downstream of them. `before` is undefined for a repository without any commit.
 */
export async function affectedWorkspaces(change: {
  before: RepositoryState | undefined;
  after: RepositoryState;
  cache: ReferenceCache;
}): Promise<Affected> {
  const { before, after, cache } = change;
  const old = new Map((before === undefined ? [] : resolveWorkspaces(before)).map((one) => [one.name, one]));
  const oldEnvironments = new Set(before?.values.configuration.environments.map((environment) => environment.name));
  const current = resolveWorkspaces(after);
  const names = new Set(current.map((workspace) => workspace.name));
  const followed = new Set<string>();
  const affected = new Map<string, AffectedWorkspace>();
  for (const workspace of current) {
    const previous = predecessor(workspace, old, names);
    if (previous !== undefined) followed.add(previous.name);
    const { text, problems } = await workspaceFingerprint(workspace, after.values, cache);
    const upstreams = workspace.dependsOn.filter((name) => affected.has(name));
    const reason = await ownReason(workspace, previous, text, before, oldEnvironments, cache);
    if (reason === undefined && upstreams.length === 0) continue;
    affected.set(workspace.name, {
      workspace,
      reason: reason ?? "downstream",
      downstream: reason === undefined,
      upstreams,
      ...(previous !== undefined && previous.name !== workspace.name ? { renamedFrom: previous.name } : {}),
      problems,
    });
  }
  const removed = [...old.values()].filter((workspace) => !names.has(workspace.name) && !followed.has(workspace.name));
  return { workspaces: [...affected.values()], removed };
}

async function ownReason(
  workspace: Workspace,
  previous: Workspace | undefined,
  fingerprint: string,
  before: RepositoryState | undefined,
  oldEnvironments: ReadonlySet<string>,
  cache: ReferenceCache,
): Promise<AffectedReason | undefined> {
  if (previous === undefined || before === undefined)
    return oldEnvironments.has(workspace.environment.name) ? "added" : "environment_added";
  if (previous.name !== workspace.name) return "renamed";
  const { text } = await workspaceFingerprint(previous, before.values, cache);
  if (text === fingerprint) return undefined;
  return previous.ref === workspace.ref ? "changed" : "pin_moved";
}

/** The workspace that was this one before: of the same name, or of the one its component or environment is renamed from. */
function predecessor(
  { name, component, environment }: Workspace,
  old: ReadonlyMap<string, Workspace>,
  names: ReadonlySet<string>,
): Workspace | undefined {
  const same = old.get(name);
  if (same !== undefined) return same;
  const components = [component.name, component.renamedFrom];
  const environments = [environment.name, environment.renamedFrom];
  for (const formerComponent of components) {
    for (const formerEnvironment of environments) {
      if (formerComponent === undefined || formerEnvironment === undefined) continue;
      const former = workspaceName(formerComponent, formerEnvironment);
      const found = names.has(former) ? undefined : old.get(former);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
