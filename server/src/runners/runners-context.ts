import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import type { NewId } from "../platform/ids.ts";

/** What runners need from outside. */
export interface RunnersContext {
  db: Db;
  clock: Clock;
  newId: NewId;
  /** How many runs each runner holds now, by its id, and how many wait for one; `runs` answers it. */
  load(tx: Tx): Promise<{ busy: ReadonlyMap<string, number>; queued: number }>;
  /** Keeps runs from being queued or given out until the commit; `runs` answers it. */
  lockQueue(tx: Tx, organizationId: string): Promise<void>;
  /** Told when other engines may be used than before: runs may wait for one. */
  enginesChanged(tx: Tx, organizationId: string): Promise<void>;
}
