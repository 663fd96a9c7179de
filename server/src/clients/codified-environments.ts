import { codifiedScope } from "@plumbline/policy/scope/scope";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { Tx } from "../platform/database/pools.ts";
import { newestTypes, stateMarks } from "../states/resource-types.ts";

/** What the states of an environment hold, by category. */
export type Codified = ReturnType<typeof codifiedScope>;

/** What was worked out lately, with what the states were marked as then. */
export type CodifiedCache = Map<string, { mark: string; codified: Codified }>;

/** Environments whose answer is kept. */
const mostKept = 1_000;

/**
 * What the newest states of these environments hold, of one repository or of all; an environment without workspaces is
 * absent. Only those are read whose states have changed since: the marks are read with each question.
 */
export async function codifiedEnvironments(
  tx: Tx,
  cache: CodifiedCache,
  {
    organizationId,
    repository,
    environments,
  }: { organizationId: string; repository?: string | undefined; environments: readonly string[] },
): Promise<Map<string, Codified>> {
  const keyOf = (environment: string): string => JSON.stringify([organizationId, repository ?? null, environment]);
  const marks = await stateMarks(tx, { repository, environments });
  const changed = [...marks].flatMap(([name, mark]) => (cache.get(keyOf(name))?.mark === mark ? [] : [name]));
  const rows = changed.length === 0 ? [] : await newestTypes(tx, { repository, environments: changed });
  const read = Map.groupBy(rows, ({ environment }) => environment);
  const found = new Map<string, Codified>();
  for (const [name, mark] of marks) {
    const own = read
      .get(name)
      ?.map(({ component, environment, types }) => ({ name: workspaceName(component, environment), types }));
    const codified = own === undefined ? cache.get(keyOf(name))?.codified : codifiedScope(own);
    if (codified === undefined) continue;
    found.set(name, codified);
    // What was asked for last is forgotten last.
    cache.delete(keyOf(name));
    cache.set(keyOf(name), { mark, codified });
  }
  for (const oldest of cache.keys()) {
    if (cache.size <= mostKept) break;
    cache.delete(oldest);
  }
  return found;
}
