import { extractApplied } from "@plumbline/policy/controls/applied-extract";
import type { AppliedExtract } from "@plumbline/policy/controls/applied-extract";
import type { Resource } from "@plumbline/policy/resources/resource";
import { resourcesOfStateFile } from "@plumbline/policy/resources/state-file";
import { newestStates } from "../states/newest-states.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { ExtractCache } from "./extract-cache.ts";

/** A workspace whose newest state is wanted. */
export interface WantedState {
  id: string;
  /** The newest version; null where it has none. */
  stateVersion: number | null;
  /** Addresses of resources that findings are about of which only a part counts. */
  addresses: ReadonlySet<string>;
}

/** Attributes that hold what must not lie around in memory longer than needed, whatever the provider calls them. */
const secretAttribute = /pass|secret|token|private_key|credential/i;

const nothing: AppliedExtract = { accounts: {}, types: {}, resources: [] };

/**
 * What controls are judged on, of the newest states of some workspaces, by workspace id. States are large and sealed: what
 * was extracted is kept until there is a newer version.
 */
export async function appliedExtracts(
  { states, extracts }: { states: StatesContext; extracts: ExtractCache },
  organizationId: string,
  workspaces: readonly WantedState[],
): Promise<Map<string, AppliedExtract>> {
  const found = new Map<string, AppliedExtract>();
  const missing = new Map<string, ReadonlySet<string>>();
  for (const { id, stateVersion, addresses } of workspaces) {
    const known = extracts.get(id);
    if (stateVersion === null) found.set(id, nothing);
    else if (known?.version === stateVersion && known.addresses === nameOf(addresses)) found.set(id, known.extract);
    else missing.set(id, addresses);
  }
  for await (const { workspaceId, version, bytes } of newestStates(states, organizationId, [...missing.keys()])) {
    const addresses = missing.get(workspaceId) ?? new Set<string>();
    const extract = extractApplied(resourcesOf(bytes), addresses);
    found.set(workspaceId, extract);
    extracts.put(workspaceId, { version, addresses: nameOf(addresses), extract });
  }
  for (const { id } of workspaces) if (!found.has(id)) found.set(id, nothing);
  return found;
}

function resourcesOf(state: Buffer): Resource[] {
  return resourcesOfStateFile(JSON.parse(state.toString("utf8"))).map((resource) => ({
    ...resource,
    values: Object.fromEntries(Object.entries(resource.values).filter(([name]) => !secretAttribute.test(name))),
  }));
}

function nameOf(addresses: ReadonlySet<string>): string {
  return [...addresses].toSorted().join("\n");
}
