import { join } from "node:path";
import { reachEmbeddedPostgres } from "@plumbline/server/platform/database/embedded-postgres";
import { openPool } from "@plumbline/server/platform/database/pools";
import { openLog } from "@plumbline/server/platform/log";

/** One session of the database's owner. */
export interface Owner {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
  end(): Promise<void>;
}

/** Connects to the database of a server in that data folder, as its owner; the server goes on. */
export async function ownerOf(dataDir: string): Promise<Owner> {
  const log = openLog({ level: "silent" });
  const postgres = await reachEmbeddedPostgres({ dataDir: join(dataDir, "postgres"), log });
  const pool = openPool(postgres.connection("plumbline"), { log, size: 1 });
  const client = await pool.connect();
  return {
    query: (text, values) => (values === undefined ? client.query(text) : client.query(text, values)),
    async end() {
      client.release();
      await pool.end();
    },
  };
}
