import { openState } from "./seal-state.ts";
import { newestSizes, sealedStates } from "./state-store.ts";
import type { StatesContext } from "./states-context.ts";

/** How many are fetched at once, and up to how many sealed bytes; a larger one comes alone. */
const mostAtOnce = 50;
const mostBytes = 4 * 1024 * 1024;

/**
 * Opens the newest states of many workspaces, one after the other, in no order; those without one are left out. However
 * many there are, only some are in memory. Who calls has authorized; what is read by Plumbline for a report is no read by a person.
 */
export async function* newestStates(
  context: Pick<StatesContext, "db" | "sealing">,
  organizationId: string,
  workspaceIds: readonly string[],
): AsyncGenerator<{ workspaceId: string; version: number; bytes: Buffer }> {
  if (workspaceIds.length === 0) return;
  const sizes = await context.db.transaction(organizationId, (tx) => newestSizes(tx, workspaceIds));
  for (const some of inPortions(sizes)) {
    const stored = await context.db.transaction(organizationId, (tx) => sealedStates(tx, some));
    for (const { workspaceId, version, id, sealed } of stored)
      yield { workspaceId, version, bytes: await openState(context.sealing, organizationId, id, sealed) };
  }
}

function inPortions<State extends { bytes: number }>(states: readonly State[]): State[][] {
  const portions: State[][] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (const state of states) {
    const last = portions.at(-1);
    if (last === undefined || last.length === mostAtOnce || sum + state.bytes > mostBytes) {
      portions.push([state]);
      sum = state.bytes;
    } else {
      last.push(state);
      sum += state.bytes;
    }
  }
  return portions;
}
