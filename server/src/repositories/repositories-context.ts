import type { Forge } from "../forges/forge.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database/pools.ts";
import type { NewId } from "../platform/ids.ts";
import type { RepositoryCaches } from "./repository-reader.ts";

/** What the use cases of repositories need from outside. */
export interface RepositoriesContext {
  db: Db;
  forge: Forge;
  clock: Clock;
  newId: NewId;
  /** What was read of commits lately; made once by `repositoryCaches()`. */
  caches: RepositoryCaches;
}
