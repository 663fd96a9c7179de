import type { Db } from "../platform/database/pools.ts";

/** What people and sessions need from outside. */
export interface PeopleContext {
  db: Db;
  newId: () => string;
  /** Seconds a session lasts. */
  sessionLifetime: number;
}
