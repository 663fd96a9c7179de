import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Problem, problem } from "@plumbline/contract";
import { runMigrations as migrateTasks } from "graphile-worker";
import type pg from "pg";
import type { Log } from "../log.ts";
import { taskLogger } from "../tasks/task-logger.ts";
import { databaseProblem } from "./describe-failure.ts";
import { openPool } from "./pools.ts";
import { applicationRole, ensureRoles } from "./roles.ts";

const connectionTimeoutMillis = 8_000;

/** One numbered file; `sha256` is of its bytes. */
export interface Migration {
  number: number;
  name: string;
  sha256: string;
  sql: string;
}

/** Where the server's own migrations lie. */
const migrationsFolder = resolve(import.meta.dirname, "../migrations");

/** Any number: all servers that migrate the same database wait for the same lock. */
const lockKey = 7_206_041;

/** The migrations of a folder in order. Throws when a number is missing or given twice. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return files.sort().map((file, index) => {
    const match = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file);
    if (!match?.[1] || !match[2]) throw new Error(`${file} is not named NNNN-name.sql`);
    if (Number(match[1]) !== index + 1)
      throw new Error(`${file}: migrations are numbered without gaps, ${index + 1} comes here`);
    const bytes = readFileSync(join(folder, file));
    return {
      number: Number(match[1]),
      name: match[2],
      sha256: createHash("sha256").update(bytes).digest("hex"),
      sql: bytes.toString("utf8"),
    };
  });
}

/**
 * Brings the database to this version: the roles, our migrations (each in one transaction), then those of the task
 * queue. Servers that start together wait for each other. Answers the numbers that were applied.
 *
 * Throws `database_unavailable` when it cannot be reached, was migrated by a newer version, or when a migration that
 * was applied has been edited since; nothing is changed then.
 */
export async function migrate(
  owner: pg.ClientConfig,
  options: { log: Log; migrations?: Migration[]; applicationMayLogIn?: boolean },
): Promise<number[]> {
  const migrations = options.migrations ?? readMigrations();
  const config = { ...owner, connectionTimeoutMillis };
  const pool = openPool(config, { log: options.log, size: 2 });
  try {
    const applied = await withClient(pool, (client) => migrateSchema(client, migrations, options));
    await migrateTasks({ pgPool: pool, logger: taskLogger(options.log) });
    await withClient(pool, grantTasks);
    return applied;
  } catch (error) {
    throw error instanceof Problem ? error : databaseProblem(error, config);
  } finally {
    await pool.end();
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    return await work(client);
  } finally {
    client.release(true); // ends the session and with it the lock
  }
}

async function migrateSchema(
  client: pg.PoolClient,
  migrations: Migration[],
  options: { log: Log; applicationMayLogIn?: boolean },
): Promise<number[]> {
  await refuseOldServer(client);
  await refuseReadOnly(client);
  await ensureRoles(client, options.applicationMayLogIn ?? false);
  await client.query(`
    create schema if not exists plumbline_migrations;
    create table if not exists plumbline_migrations.applied (
      number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
    "select number, name, sha256 from plumbline_migrations.applied order by number",
  );
  for (const row of rows) refuseUnknown(row, migrations[row.number - 1]);
  const pending = migrations.slice(rows.length);
  for (const migration of pending) {
    await applyOne(client, migration);
    options.log.info("migrated the database", { count: migration.number, path: migration.name });
  }
  return pending.map(({ number }) => number);
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
  );
  const refused = rows[0] && tooOld(rows[0]);
  if (refused) throw refused;
}

/** Why this version of PostgreSQL cannot be used; `number` as in server_version_num. */
export function tooOld(version: { number: number; text: string }): Problem | undefined {
  if (version.number >= 150_000) return undefined;
  return problem("database_unavailable", `The database is PostgreSQL ${version.text}; 15 or newer is needed.`, {
    next: "Upgrade it, or name a newer one in database.url or database.embedded.binaries.",
  });
}

/** Said before anything is tried: a standby would answer reads, and fail at the first write. */
async function refuseReadOnly(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; readOnly: string }>(
    `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as "readOnly"`,
  );
  if (rows[0]?.standby !== true && rows[0]?.readOnly !== "on") return;
  throw problem(
    "database_unavailable",
    rows[0].standby ? "The database is a standby, which is read-only." : "The database is read-only.",
    { next: "Name the primary in database.url, or make the database writable (default_transaction_read_only)." },
  );
}

function refuseUnknown(row: { number: number; name: string; sha256: string }, known: Migration | undefined): void {
  const label = `${String(row.number).padStart(4, "0")}-${row.name}`;
  if (!known) {
    throw problem("database_unavailable", `The database holds migration ${label}, which this version does not know.`, {
      next: "It was migrated by a newer Plumbline: start that version, or restore the backup from before the upgrade.",
    });
  }
  if (known.sha256 !== row.sha256) {
    throw problem("database_unavailable", `Migration ${label} was edited after it had been applied to this database.`, {
      next: "Put the file back as it was; changes to the schema are new migrations.",
    });
  }
}

async function applyOne(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query("insert into plumbline_migrations.applied (number, name, sha256) values ($1, $2, $3)", [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw problem("database_unavailable", `Migration ${migration.number} (${migration.name}) failed: ${detail}`, {
      cause,
    });
  }
}

/** The application adds tasks through one function only; it can neither read nor change the queue. */
async function grantTasks(client: pg.PoolClient): Promise<void> {
  await client.query(readFileSync(resolve(import.meta.dirname, "../tasks/add-task.sql"), "utf8"));
  await client.query(`grant usage on schema plumbline_tasks to ${applicationRole}`);
}
