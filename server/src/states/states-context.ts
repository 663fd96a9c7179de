import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database/pools.ts";
import type { NewId } from "../platform/ids.ts";
import type { Sealing } from "../platform/sealing/index.ts";

/** What states need from outside. */
export interface StatesContext {
  db: Db;
  clock: Clock;
  newId: NewId;
  sealing: Sealing;
  /** The largest state that is accepted, in bytes. */
  maxStateBytes: number;
}
