import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { afterAll } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { postgresTypes } from "../platform/database/types.ts";
import { openDb } from "../platform/database/pools.ts";
import type { Connections, Db } from "../platform/database/pools.ts";
import { idMaker } from "../platform/ids.ts";
import type { NewId } from "../platform/ids.ts";
import { openLog } from "../platform/log.ts";
import { acceptedTool } from "./accepted-tool.ts";
import { startTestCluster } from "./test-cluster.ts";
import type { TestCluster } from "./test-cluster.ts";

/** A database of one test file: all tables, no rows, real roles and row-level security. */
export interface TestDatabase {
  db: Db;
  connections: Connections;
  newId: NewId;
  /** Makes an organization, which has accepted one engine, and answers its id. */
  organization(name?: string): Promise<string>;
  /** One statement as the owner, past row-level security: for looking behind the curtain, not for the code under test. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

const processCluster = once(startTestCluster);

/**
 * Clones the migrated template. Call it at the top level of a test file, `const database = await testDatabase();`: its
 * connections are closed after that file's tests. The first call of a process starts PostgreSQL.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster: TestCluster = await processCluster();
  const connections = await cluster.clone();
  const log = openLog({ level: "silent" });
  const db = refusingNested(openDb(connections.application, { log, size: 8 }));
  const owner = new pg.Pool({ ...connections.owner, types: postgresTypes, max: 2 });
  owner.on("error", () => undefined);
  const newId = idMaker(systemClock);
  afterAll(async () => {
    await db.close();
    await owner.end();
  });
  return {
    db,
    connections,
    newId,
    async organization(name = "acme") {
      const id = newId();
      await owner.query("insert into organizations (organization_id, name) values ($1, $2)", [id, name]);
      await owner.query(
        `insert into tools (organization_id, sha256, name, version, platform, source, accepted_at, accepted_by)
         values ($1, $2, $3, $4, $5, 'a test', now(), 'platform')`,
        [id, acceptedTool.sha256, acceptedTool.name, acceptedTool.version, acceptedTool.platform],
      );
      return id;
    },
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const { rows } = await owner.query<Row>(text, [...values]);
      return rows;
    },
  };
}

/**
 * A transaction that begins within another takes a second connection while it holds the first: as many at once as there
 * are connections wait for each other for ever. Here it fails at once, so that it is found.
 */
function refusingNested(db: Db): Db {
  const open = new AsyncLocalStorage<{ ended: boolean }>();
  const alone = async <T>(begin: (inside: <R>(work: () => Promise<R>) => Promise<R>) => Promise<T>): Promise<T> => {
    if (open.getStore()?.ended === false) throw new Error("a transaction was begun within another one");
    const state = { ended: false };
    try {
      return await begin((work) => open.run(state, work));
    } finally {
      state.ended = true;
    }
  };
  return {
    ...db,
    transaction: (organizationId, work) =>
      alone((inside) => db.transaction(organizationId, (tx) => inside(() => work(tx)))),
    systemTransaction: (work) => alone((inside) => db.systemTransaction((tx) => inside(() => work(tx)))),
  };
}

/** Runs `make` at the first call only. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
