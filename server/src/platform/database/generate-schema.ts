// Writes schema.gen.ts from a fresh database with all migrations: `node server/src/platform/database/generate-schema.ts`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { openLog } from "../log.ts";
import { describeSchema } from "./describe-schema.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-schema-"));
const log = openLog({ level: "warn" });
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log, settings: { fsync: "off" } });
try {
  const connection = postgres.connection("postgres");
  await migrate(connection, { log });
  const client = new pg.Client(connection);
  await client.connect();
  writeFileSync(resolve(import.meta.dirname, "schema.gen.ts"), await describeSchema(client));
  await client.end();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
