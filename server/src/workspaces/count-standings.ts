import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { unappliedStatuses } from "../runs/run-queries.ts";
import { sortedStandings } from "./read-standings.ts";
import type { Standing } from "./read-standings.ts";
import { countWell, selectStandings } from "./workspace-store.ts";
import type { StandingFilter } from "./workspace-store.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/** How all workspaces stand: of ten thousand most are well, and those are counted where they lie. */
export interface CountedStandings {
  /** Workspaces that are in sync and not overdue, by environment. */
  well: readonly WellWorkspaces[];
  /** Every other one, as main's configuration sorts them. */
  others: readonly Standing[];
}

/** So many workspaces of an environment are in sync; none, where all of them are among the others. */
export interface WellWorkspaces {
  environment: string;
  count: number;
  /** How many of them were ever checked. */
  verified: number;
  /** When a check last saw one of the environment's workspaces, well or not; null where none did. */
  verifiedAt: Date | null;
}

/** How all workspaces stand that the actor may read. Who calls has authorized. */
export async function countStandings(
  context: WorkspacesContext,
  actor: Actor,
  filter: StandingFilter,
): Promise<CountedStandings> {
  const { well, ...troubled } = await context.db.transaction(actor.organizationId, async (tx) => {
    const queues = await unappliedStatuses(tx);
    const drift = await context.driftStandings(tx);
    const ids = [...new Set([...queues.keys(), ...drift.drifted.keys(), ...drift.overdue])];
    return {
      queues,
      drift,
      rows: await selectStandings(tx, { ...filter, troubled: ids }),
      well: await countWell(tx, { ...filter, troubled: ids }),
    };
  });
  return {
    well: well.filter(({ environment }) => may(actor, "environment.read", environment)),
    others: await sortedStandings(context, actor, troubled),
  };
}

/** How many there are, and how many of them are in sync. */
export function sumOf({ well, others }: CountedStandings): { total: number; inSync: number } {
  const counted = well.reduce((sum, { count }) => sum + count, 0);
  return {
    total: counted + others.length,
    inSync: counted + others.filter(({ state }) => state === "in_sync").length,
  };
}
