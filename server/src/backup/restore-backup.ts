import { createReadStream, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Problem, problem } from "@plumbline/contract";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openBuiltinForge } from "../forges/builtin/builtin-forge.ts";
import { restoreBundle } from "../forges/builtin/bundle.ts";
import type { Git } from "../forges/builtin/git.ts";
import { migrate, readMigrations } from "../platform/database/migrate.ts";
import type { Log } from "../platform/log.ts";
import type { RootKey } from "../platform/sealing/index.ts";
import { commitForCertain } from "./commit-for-certain.ts";
import { readEntries } from "./entries.ts";
import type { Entry } from "./entries.ts";
import { ByteReader, openBytes, readHeader } from "./sealed-file.ts";
import type { BackupHeader } from "./sealed-file.ts";
import { foreignKeysOf, tablesOf } from "./tables.ts";

/** Where a backup is restored to: an empty database and an empty data directory. */
export interface RestoreTarget {
  owner: pg.ClientConfig;
  applicationMayLogIn: boolean;
  dataDir: string;
  publicUrl: string;
  rootKey: RootKey;
  git: Git;
  log: Log;
  onProgress: (part: string) => void;
  /** How long, in seconds, a database is waited for whose connection broke in the commit; a minute without it. */
  patienceSeconds?: number;
}

/**
 * Restores a backup into an empty installation. Rows come in one transaction, all or none; foreign keys are checked when
 * all are there. Throws `config_invalid` for a file that cannot be restored here and `wrong_status` where something is
 * there already; nothing is changed then. Throws `database_unavailable` where the database fails: it says whether nothing was
 * kept, or that nobody knows. The database is left as the backup's version had it: starting the server
 * migrates it further.
 */
export async function restoreBackup(target: RestoreTarget, file: string): Promise<BackupHeader> {
  await checkWhole(target, file);
  const { header, entries } = await openFile(target, file);
  refuseNewer(header);
  const repositories = join(target.dataDir, "repositories");
  if (existsSync(repositories) && readdirSync(repositories).some((name) => name !== "hooks"))
    throw problem("wrong_status", `${repositories} holds repositories already.`, {
      next: "Restore into an empty data directory; nothing was changed.",
    });
  const migrations = readMigrations().slice(0, header.migration.number);
  const { log, applicationMayLogIn } = target;
  await migrate(target.owner, { log, migrations, applicationMayLogIn });
  const client = new pg.Client(target.owner);
  client.on("error", (error) => log.warn("the database went away", { error: error.message }));
  await client.connect();
  try {
    await client.query("begin");
    await refuseFull(client);
    const keys = await foreignKeysOf(client);
    for (const { table, name } of keys)
      await client.query(`alter table ${quoted(table)} drop constraint ${quoted(name)}`);
    await restoreEntries(client, target, entries);
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`);
    if ((await commitForCertain(client, target.owner, target.patienceSeconds)) === "unknown") throw new CommitUnknown();
  } catch (error) {
    if (error instanceof CommitUnknown) throw unknown(repositories);
    // They were not there before, and would be in the way of the next attempt.
    removeRepositories(repositories);
    throw error instanceof Problem ? error : stopped(error);
  } finally {
    await client.end();
  }
  return header;
}

/** The connection broke while it was committed, and nobody could be asked what came of it. */
class CommitUnknown extends Error {}

/** The repositories stay: if the rows were kept, these belong to them. */
function unknown(repositories: string): Problem {
  return problem(
    "database_unavailable",
    "The connection broke while the restore was committed, and the database has not answered since: whether it was kept is not known.",
    {
      next: `Once the database answers, move ${repositories} aside and restore again. If it says that the database holds an organization already, everything was kept: move them back, and start the server.`,
    },
  );
}

/** All but the hooks, which every start of a forge writes. */
function removeRepositories(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name !== "hooks") rmSync(join(folder, name), { recursive: true, force: true });
}

function stopped(cause: unknown): Problem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return problem("database_unavailable", `The restore ended before it was done: ${reason.replace(/\.*$/, "")}.`, {
    next: "Nothing of it was kept. See to what the message names, and restore again.",
    cause,
  });
}

type Entries = AsyncGenerator<{ entry: Entry; pieces: AsyncGenerator<Buffer> }>;

async function openFile(target: RestoreTarget, file: string): Promise<{ header: BackupHeader; entries: Entries }> {
  const reader = new ByteReader(createReadStream(file, { highWaterMark: 1 << 20 }));
  const head = await readHeader(reader);
  const content = Readable.from(openBytes(target.rootKey, head, reader)).compose(createGunzip());
  return { header: head.header, entries: readEntries(content) };
}

/** Reads it through before anything is touched: it is whole, of this root key, and ends where it should. */
async function checkWhole(target: RestoreTarget, file: string): Promise<void> {
  const { entries } = await openFile(target, file);
  let seen = 0;
  let promised: number | undefined;
  for await (const { entry } of entries) {
    if (entry.kind === "end") promised = entry.entries;
    else seen += 1;
  }
  if (promised !== seen)
    throw problem("config_invalid", "The backup has fewer parts than it says.", {
      next: "Take another copy of it; nothing was restored.",
    });
  target.onProgress("the file is whole");
}

function refuseNewer({ migration }: BackupHeader): void {
  const known = readMigrations()[migration.number - 1];
  if (known?.name === migration.name) return;
  throw problem(
    "config_invalid",
    `The backup is of a newer version: it has the migration ${String(migration.number).padStart(4, "0")}-${migration.name}.`,
    { next: "Restore it with that version or a newer one; nothing was restored." },
  );
}

async function refuseFull(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ count: number }>("select count(*)::int as count from organizations");
  if (rows[0]?.count !== 0)
    throw problem("wrong_status", "The database holds an organization already.", {
      next: "Restore into an empty database; nothing was changed.",
    });
}

async function restoreEntries(client: pg.Client, target: RestoreTarget, entries: Entries): Promise<void> {
  const tables = new Set((await tablesOf(client)).map(({ name }) => name));
  const { git, dataDir, publicUrl } = target;
  const forge = await openBuiltinForge({ git, dataDir, publicUrl });
  try {
    for await (const { entry, pieces } of entries) {
      if (entry.kind === "table") await restoreTable(client, tables, entry, pieces);
      else if (entry.kind === "tasks") await restoreTasks(client, pieces);
      else if (entry.kind === "repository") {
        await forge.create(entry);
        await restoreBundle(git, { directory: forge.directory(entry) }, pieces, entry.main);
      }
      if (entry.kind !== "end") target.onProgress(entry.kind === "table" ? `table ${entry.table}` : entry.kind);
    }
  } finally {
    forge.close();
  }
}

async function restoreTable(
  client: pg.Client,
  tables: ReadonlySet<string>,
  { table, columns }: { table: string; columns: string[] },
  pieces: AsyncGenerator<Buffer>,
): Promise<void> {
  if (!tables.has(table)) throw problem("config_invalid", `The backup has a table ${table} that this version has not.`);
  // What a migration puts into a table is in the backup too.
  await client.query(`delete from ${quoted(table)}`);
  await pipeline(
    pieces,
    client.query(copyFrom(`copy ${quoted(table)} (${columns.map(quoted).join(", ")}) from stdin`)),
  );
}

async function restoreTasks(client: pg.Client, pieces: AsyncGenerator<Buffer>): Promise<void> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(piece);
  for (const line of Buffer.concat(parts).toString("utf8").split("\n").filter(Boolean))
    await client.query(
      `select graphile_worker.add_job(task ->> 'identifier', payload => task -> 'payload', queue_name => task ->> 'queue',
         run_at => (task ->> 'runAt')::timestamptz, max_attempts => (task ->> 'maxAttempts')::int,
         job_key => task ->> 'key', priority => (task ->> 'priority')::int)
       from (select $1::json as task) as given`,
      [line],
    );
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
