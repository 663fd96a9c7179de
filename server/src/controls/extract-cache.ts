import type { AppliedExtract } from "@plumbline/policy/controls/applied-extract";

/** What was extracted from a version of a workspace's state, and for findings at which addresses. */
export interface KnownExtract {
  version: number;
  addresses: string;
  extract: AppliedExtract;
}

/** What was extracted lately, by workspace id. Bounded. */
export interface ExtractCache {
  get(workspaceId: string): KnownExtract | undefined;
  put(workspaceId: string, known: KnownExtract): void;
}

/**
 * What is kept in memory: each workspace counts once, and so does each resource that is kept of it; some 30 MB together. What
 * has no place is read each time.
 */
const mostKept = 30_000;

/** Makes an empty cache. */
export function extractCache(most: number = mostKept): ExtractCache {
  const entries = new Map<string, KnownExtract>();
  let kept = 0;
  const drop = (workspaceId: string): void => {
    const known = entries.get(workspaceId);
    if (known === undefined) return;
    entries.delete(workspaceId);
    kept -= 1 + known.extract.resources.length;
  };
  return {
    get: (workspaceId) => entries.get(workspaceId),
    put(workspaceId, known) {
      drop(workspaceId);
      const weight = 1 + known.extract.resources.length;
      // Others stay: a report that asks for more than there is place for would throw out each before it is asked for again.
      if (kept + weight > most) return;
      entries.set(workspaceId, known);
      kept += weight;
    },
  };
}
