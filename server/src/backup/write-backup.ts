import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Config } from "../platform/config/index.ts";
import { bundleOf } from "../forges/builtin/bundle.ts";
import type { Git } from "../forges/builtin/git.ts";
import type { RootKey } from "../platform/sealing/index.ts";
import { writeEntry } from "./entries.ts";
import { newHeader, sealBytes } from "./sealed-file.ts";
import type { BackupHeader } from "./sealed-file.ts";
import { tablesOf } from "./tables.ts";

/** What a backup is made of. */
export interface BackupSource {
  owner: pg.ClientConfig;
  dataDir: Config["dataDir"];
  rootKey: RootKey;
  git: Git;
  now: Date;
  /** Told after each part, for people who wait. */
  onProgress: (part: string) => void;
}

/**
 * Writes everything but the root key into one sealed file: the database as it is at one moment, and the repositories,
 * which may be a little newer: nothing in the database names a commit that they have not. Runs may go on meanwhile. The
 * file appears under its name once it is whole and on disk.
 */
export async function writeBackup(
  source: BackupSource,
  file: string,
): Promise<{ header: BackupHeader; bytes: number }> {
  const client = new pg.Client(source.owner);
  await client.connect();
  const making = `${file}.making`;
  try {
    await client.query("begin isolation level repeatable read read only");
    const header = newHeader(source.rootKey, {
      createdAt: source.now.toISOString(),
      migration: await newestMigration(client),
    });
    const output = createWriteStream(making, { mode: 0o600, flags: "wx" });
    const compressed = Readable.from(content(client, source)).compose(createGzip({ level: 3 }));
    await pipeline(sealBytes(source.rootKey, header, compressed), output);
    await client.query("commit");
    await syncFile(making);
    await rename(making, file);
    return { header, bytes: output.bytesWritten };
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function* content(client: pg.Client, source: BackupSource): AsyncGenerator<Buffer> {
  let entries = 0;
  for (const { name, columns } of await tablesOf(client)) {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
    const rows = client.query(copyTo(`copy ${pg.escapeIdentifier(name)} (${list}) to stdout`));
    yield* writeEntry({ kind: "table", table: name, columns }, rows);
    source.onProgress(`table ${name}`);
    entries += 1;
  }
  const { rows: tasks } = await client.query<{ task: object }>(waitingTasks);
  yield* writeEntry(
    { kind: "tasks" },
    tasks.map(({ task }) => Buffer.from(`${JSON.stringify(task)}\n`)),
  );
  const { rows: repositories } = await client.query<{ organization: string; repository: string; main: string | null }>(
    "select organization_id as organization, repository_id as repository, head_commit as main from repositories order by 1, 2",
  );
  for (const { organization, repository, main } of repositories) {
    const where = { directory: `${source.dataDir}/repositories/${organization}/${repository}.git` };
    const entry = { kind: "repository", organizationId: organization, repositoryId: repository, main } as const;
    yield* writeEntry(entry, bundleOf(source.git, where));
    source.onProgress(`repository ${repository}`);
    entries += 1;
  }
  yield* writeEntry({ kind: "end", entries: entries + 1 }, []);
}

/** What was asked of the queue and is not done; one that is being done is done again. */
const waitingTasks = `
  select json_build_object('identifier', t.identifier, 'payload', j.payload, 'queue', q.queue_name, 'runAt', j.run_at,
    'maxAttempts', j.max_attempts, 'key', j.key, 'priority', j.priority) as task
  from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id
  left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
  where j.attempts < j.max_attempts
  order by j.id`;

async function newestMigration(client: pg.Client): Promise<BackupHeader["migration"]> {
  const { rows } = await client.query<{ number: number; name: string }>(
    "select number, name from plumbline_migrations.applied order by number desc limit 1",
  );
  return rows[0] ?? { number: 0, name: "" };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
