export { startEmbeddedPostgres } from "./embedded-postgres.ts";
export type { Listener } from "./listen.ts";
export { migrate } from "./migrate.ts";
export { notify } from "./notify.ts";
export type { OpenDatabase } from "./open-database.ts";
export { openDatabase, reachOwner } from "./open-database.ts";
export type { Db, Tx } from "./pools.ts";
export { openDb } from "./pools.ts";
