import type { Db } from "../platform/database/pools.ts";

/** What access needs from outside. */
export interface AccessContext {
  db: Db;
  newId: () => string;
  /** Seconds a session lasts. */
  sessionLifetime: number;
}
