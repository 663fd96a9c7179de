import pg from "pg";
import type { Config } from "../config/config.ts";
import type { Log } from "../log.ts";
import { databaseProblem, placeOf } from "./describe-failure.ts";
import { reachEmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";
import type { EmbeddedPostgres } from "./embedded-postgres.ts";
import { openListener } from "./listen.ts";
import type { Listener } from "./listen.ts";
import { migrate } from "./migrate.ts";
import { connectionsByUrl, openDb } from "./pools.ts";
import type { Connections, Db } from "./pools.ts";

/** Everything about the database that `serve.ts` needs. */
export interface OpenDatabase {
  db: Db;
  listener: Listener;
  connections: Connections;
  /** Where this server runs PostgreSQL itself. */
  embedded?: EmbeddedPostgres;
  /** Closes connections, then stops the embedded PostgreSQL. */
  close(): Promise<void>;
}

const databaseName = "plumbline";

/**
 * The owner's connection to the database, wherever PostgreSQL runs; it is there when this returns, and may be empty.
 * `place` names it for people, without user and password.
 */
export async function reachOwner(
  config: Config["database"],
  log: Log,
): Promise<{ owner: pg.ClientConfig; isEmbedded: boolean; place: string; stop(): Promise<void> }> {
  if (config.url !== undefined) {
    const { owner } = connectionsByUrl(config.url);
    return { owner, isEmbedded: false, place: placeOf(owner), stop: () => Promise.resolve() };
  }
  const postgres = await reachEmbeddedPostgres({ ...config.embedded, log });
  await createDatabase(postgres.connection("postgres"));
  const place = `the embedded PostgreSQL in ${config.embedded.dataDir}`;
  return { owner: postgres.connection(databaseName), isEmbedded: true, place, stop: () => postgres.stop() };
}

/** Reaches or starts PostgreSQL as configured, migrates it and opens the connections. */
export async function openDatabase(config: Config["database"], log: Log): Promise<OpenDatabase> {
  const embedded = config.url === undefined ? await startEmbeddedPostgres({ ...config.embedded, log }) : undefined;
  try {
    if (embedded) await createDatabase(embedded.connection("postgres"));
    const connections: Connections = embedded
      ? {
          owner: embedded.connection(databaseName),
          application: embedded.connection(databaseName, "plumbline_application"),
        }
      : connectionsByUrl(config.url ?? "", config.applicationUrl);
    await migrate(connections.owner, { log, applicationMayLogIn: embedded !== undefined });
    const db = openDb(connections.application, { log, size: config.poolSize });
    await probe(db, connections.application);
    const listener = openListener(connections.application, log);
    return {
      db,
      listener,
      connections,
      ...(embedded ? { embedded } : {}),
      async close() {
        await listener.close();
        await db.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Whether requests and tasks get through with their own login, before anything depends on it. */
async function probe(db: Db, config: pg.ClientConfig): Promise<void> {
  try {
    await db.systemTransaction((tx) => tx.selectFrom("organizations").select("organization_id").limit(1).execute());
  } catch (error) {
    await db.close();
    throw databaseProblem(error, config);
  }
}

async function createDatabase(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
