import type { Db } from "../platform/database/pools.ts";
import type { PasswordAttempts } from "./password-attempts.ts";

/** What people and sessions need from outside. */
export interface PeopleContext {
  db: Db;
  newId: () => string;
  /** Seconds a session lasts. */
  sessionLifetime: number;
}

/** The same where strangers knock: by HTTP or Git. */
export interface PeopleDoor extends PeopleContext {
  attempts: PasswordAttempts;
}
