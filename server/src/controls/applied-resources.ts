import { controlCatalogues } from "@plumbline/policy/controls/all-catalogues";
import type { Resource } from "@plumbline/policy/resources/resource";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import { resourcesOfStateFile } from "@plumbline/policy/resources/state-file";
import type { Tx } from "../platform/database/pools.ts";
import { stateBytes } from "../states/read-state.ts";
import type { StatesContext } from "../states/states-context.ts";

/** Workspace id → its resources of interest at a state version. */
export type ResourceCache = Map<string, { version: number; resources: readonly Resource[] }>;

/** Resources that are kept in memory, of as many workspaces as have them; others are read each time. */
const mostKept = 20_000;

/** Attributes that hold what must not lie around in memory longer than needed, whatever the provider calls them. */
const secretAttribute = /pass|secret|token|private_key|credential/i;

/** Types that some control looks at, or that something which has to exist can be joined with. */
const types: ReadonlySet<string> = typesOfInterest();

/**
 * The resources of a workspace's newest state that controls are judged on. States are large and sealed: what was read is
 * kept until there is a newer version.
 */
export async function appliedResources(
  tx: Tx,
  context: StatesContext,
  cache: ResourceCache,
  workspace: { organizationId: string; id: string; stateVersion: number | null },
): Promise<readonly Resource[]> {
  if (workspace.stateVersion === null) return [];
  const known = cache.get(workspace.id);
  if (known?.version === workspace.stateVersion) return known.resources;
  const state = await stateBytes(tx, context, workspace.organizationId, workspace.id, workspace.stateVersion);
  const resources = state === undefined ? [] : resourcesOfInterest(state.bytes);
  cache.delete(workspace.id);
  let kept = resources.length;
  for (const one of cache.values()) kept += one.resources.length;
  for (const [oldest, one] of cache) {
    if (kept <= mostKept) break;
    cache.delete(oldest);
    kept -= one.resources.length;
  }
  cache.set(workspace.id, { version: workspace.stateVersion, resources });
  return resources;
}

function resourcesOfInterest(bytes: Buffer): Resource[] {
  return resourcesOfStateFile(JSON.parse(bytes.toString("utf8")))
    .filter(({ type }) => types.has(type))
    .map((resource) => ({
      ...resource,
      values: Object.fromEntries(Object.entries(resource.values).filter(([name]) => !secretAttribute.test(name))),
    }));
}

function typesOfInterest(): Set<string> {
  const named = new Set(
    controlCatalogues.flatMap(({ controls }) =>
      controls.flatMap(({ control }) => [...control.rules, ...(control.exists?.resourceTypes ?? [])]),
    ),
  );
  for (const rule of catalogue) if (named.has(rule.id)) for (const type of rule.resourceTypes) named.add(type);
  for (const type of joinedTypes()) named.add(type);
  return named;
}

/** Types that conditions of `exists` name as neighbours. */
function joinedTypes(): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("op" in value && "type" in value && typeof value.type === "string") found.push(value.type);
      Object.values(value).forEach(visit);
    }
  };
  for (const { controls } of controlCatalogues) for (const { control } of controls) visit(control.exists?.where);
  return found;
}
