import { randomBytes } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { recordAudit } from "../audit/record-audit.ts";
import { systemActor } from "../access/actor.ts";
import { openBuiltinForge } from "../forges/builtin/builtin-forge.ts";
import { openGit } from "../forges/builtin/git.ts";
import { addOrganization } from "../organizations/add-organization.ts";
import { startEmbeddedPostgres, migrate, openDb } from "../platform/database/index.ts";
import { openLog } from "../platform/log.ts";
import { rootKeyOf } from "../platform/sealing/index.ts";
import { addTask } from "../platform/tasks/index.ts";
import { refreshTask } from "../pull-requests/pull-request-tasks.ts";
import { restoreBackup } from "./restore-backup.ts";
import { breakingWay } from "./testing/breaking-way.ts";
import { writeBackup } from "./write-backup.ts";

const folder = mkdtempSync(join(tmpdir(), "plumb-backup-"));
const log = openLog({ level: "silent" });
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log, settings: { fsync: "off" } });
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});
const git = openGit("git");
const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const organizationId = "01900000-0000-7000-8000-00000000000a";
const repositoryId = "01900000-0000-7000-8000-00000000000b";

/** An empty database and data directory. */
async function installation(name: string) {
  const db = openDb(postgres.connection("postgres"), { log, size: 1 });
  const pg = await import("pg");
  const client = new pg.default.Client(postgres.connection("postgres"));
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  await db.close();
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  return { owner: postgres.connection(name), dataDir };
}

/** One with an organization, a repository with a commit, an audit entry and a task that waits. */
async function filled(name: string) {
  const { owner, dataDir } = await installation(name);
  await migrate(owner, { log, applicationMayLogIn: true });
  const forge = await openBuiltinForge({ git, dataDir, publicUrl: "http://localhost" });
  const key = { organizationId, repositoryId };
  await forge.create(key);
  const directory = forge.directory(key);
  const run = async (...args: string[]) => (await git.run({ directory }, args)).stdout.toString().trim();
  const tree = await run("hash-object", "-t", "tree", "-w", "/dev/null");
  const identity = {
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
  const commit = async (message: string, ...parents: string[]) =>
    (
      await git.run({ directory }, ["commit-tree", tree, "-m", message, ...parents.flatMap((one) => ["-p", one])], {
        environment: identity,
      })
    ).stdout
      .toString()
      .trim();
  const main = await commit("first");
  await forge.moveMain(key, null, main);
  const db = openDb(owner, { log, size: 2 });
  await db.transaction(organizationId, async (tx) => {
    await addOrganization(tx, { id: organizationId, name: "acme" });
    await tx
      .insertInto("repositories")
      .values({
        organization_id: organizationId,
        repository_id: repositoryId,
        name: "shop",
        forge: "builtin",
        head_commit: main,
      })
      .execute();
    await recordAudit(tx, systemActor(organizationId, "acme"), {
      action: "repository.created",
      text: "tab\tand \\ and \n line",
    });
    await addTask(tx, refreshTask, { organizationId, pullRequestId: repositoryId }, { queue: "q" });
  });
  return { owner, dataDir, forge, key, db, main, commit };
}

const source = (made: { owner: object; dataDir: string }) => ({
  owner: made.owner,
  dataDir: made.dataDir,
  rootKey,
  git,
  now: new Date("2026-11-22T12:00:00Z"),
  onProgress: () => undefined,
});
const target = (empty: { owner: object; dataDir: string }, key = rootKey) => ({
  owner: empty.owner,
  applicationMayLogIn: true,
  dataDir: empty.dataDir,
  publicUrl: "http://localhost",
  rootKey: key,
  git,
  log,
  onProgress: () => undefined,
});

describe("a backup", async () => {
  const made = await filled("complete");
  const file = join(folder, "all.plb");
  await writeBackup(source(made), file);
  afterAll(() => made.db.close());

  test("is restored with everything: rows, tasks, commits", async () => {
    const empty = await installation("restored");
    const header = await restoreBackup(target(empty), file);
    expect(header.createdAt).toBe("2026-11-22T12:00:00.000Z");
    const db = openDb(empty.owner, { log, size: 1 });
    const rows = await db.transaction(organizationId, (tx) =>
      tx.selectFrom("audit_events").select(["canonical", "leaf_hash"]).execute(),
    );
    const before = await made.db.transaction(organizationId, (tx) =>
      tx.selectFrom("audit_events").select(["canonical", "leaf_hash"]).execute(),
    );
    expect(rows).toEqual(before);
    await db.close();
    const forge = await openBuiltinForge({ git, dataDir: empty.dataDir, publicUrl: "http://localhost" });
    expect(await forge.readMain(made.key)).toBe(made.main);
    forge.close();
    const pg = await import("pg");
    const client = new pg.default.Client(empty.owner);
    await client.connect();
    const { rows: jobs } = await client.query("select task_identifier, queue_name from graphile_worker.jobs");
    expect(jobs).toEqual([{ task_identifier: refreshTask.name, queue_name: "q" }]);
    const { rows: keys } = await client.query("select count(*)::int as count from pg_constraint where contype = 'f'");
    expect(keys[0].count).toBeGreaterThan(50);
    await client.end();
  });

  test("takes main as the database has it, though the repository went on", async () => {
    const next = await made.commit("second", made.main);
    await made.forge.moveMain(made.key, made.main, next);
    const later = join(folder, "later.plb");
    await writeBackup(source(made), later);
    const empty = await installation("earlier");
    await restoreBackup(target(empty), later);
    const forge = await openBuiltinForge({ git, dataDir: empty.dataDir, publicUrl: "http://localhost" });
    expect(await forge.readMain(made.key)).toBe(made.main);
    forge.close();
  });

  test("holds nothing in clear", () => {
    const bytes = readFileSync(file);
    for (const word of ["acme", "shop", "repository.created", organizationId]) expect(bytes.includes(word)).toBe(false);
  });

  test.each([
    ["with another root key", (copy: string) => copy, rootKeyOf(Buffer.alloc(32, 8)), /sealed under the root key/],
    [
      "that was cut off",
      (copy: string) => (truncateSync(copy, Math.floor(statSync(copy).size / 2)), copy),
      rootKey,
      /cut off/,
    ],
    ["that was changed", (copy: string) => (flip(copy), copy), rootKey, /damaged or changed/],
    ["of a newer version", (copy: string) => (rename(copy), copy), rootKey, /damaged or changed|newer version/],
    ["that is none", (copy: string) => (writeFileSync(copy, randomBytes(5_000)), copy), rootKey, /no backup/],
    ["that is empty", (copy: string) => (writeFileSync(copy, ""), copy), rootKey, /no backup/],
  ])("%s is refused before anything is touched", async (_, spoil, key, message) => {
    const copy = join(folder, "copy.plb");
    writeFileSync(copy, readFileSync(file));
    const empty = { owner: postgres.connection("nowhere"), dataDir: join(folder, "nowhere") };
    await expect(restoreBackup(target(empty, key), spoil(copy))).rejects.toThrow(message);
  });

  test("of a newer version that is whole is refused, too, and names what this one lacks", async () => {
    const { sql } = await clientOf(made.owner);
    await sql("insert into plumbline_migrations.applied (number, name, sha256) values (9001, 'later', 'x')");
    const newer = join(folder, "newer.plb");
    await writeBackup(source(made), newer);
    await sql("delete from plumbline_migrations.applied where number = 9001");
    const empty = await installation("older");
    await expect(restoreBackup(target(empty), newer)).rejects.toMatchObject({
      message: expect.stringContaining("9001-later"),
      next: expect.stringContaining("that version or a newer one"),
    });
    expect(readdirSync(empty.dataDir)).toEqual([]);
  });

  test("whose restore fails at its end leaves nothing in the way of the next attempt", async () => {
    const empty = await installation("interrupted");
    await migrate(empty.owner, { log, applicationMayLogIn: true });
    const { sql } = await clientOf(empty.owner);
    await sql(`create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
      create constraint trigger refuse after insert on organizations deferrable initially deferred
        for each row execute function refuse()`);
    await expect(restoreBackup(target(empty), file)).rejects.toMatchObject({
      message: "The restore ended before it was done: the disk is full.",
      next: expect.stringContaining("Nothing of it was kept."),
    });
    await sql("drop trigger refuse on organizations");
    expect((await restoreBackup(target(empty), file)).createdAt).toBe("2026-11-22T12:00:00.000Z");
  });

  test("is restored where only the answer to its commit was lost", async () => {
    const empty = await installation("unanswered");
    const way = await breakingWay(empty.owner, { passed: true, refused: 1, armed: false });
    await restoreBackup({ ...target({ ...empty, owner: way.config }), onProgress: armed(way) }, file);
    const { sql } = await clientOf(empty.owner);
    expect(await sql("select name from organizations")).toMatchObject({ rows: [{ name: "acme" }] });
    const forge = await openBuiltinForge({ git, dataDir: empty.dataDir, publicUrl: "http://localhost" });
    expect(await forge.readMain(made.key)).toBe(made.main);
    forge.close();
  });

  test("whose commit was not heard is not restored, and can be again", async () => {
    const empty = await installation("unheard");
    const way = await breakingWay(empty.owner, { passed: false, refused: 0, armed: false });
    await expect(
      restoreBackup({ ...target({ ...empty, owner: way.config }), onProgress: armed(way) }, file),
    ).rejects.toMatchObject({ next: expect.stringContaining("Nothing of it was kept.") });
    expect((await restoreBackup(target(empty), file)).createdAt).toBe("2026-11-22T12:00:00.000Z");
  });

  test("of whose commit nobody knows keeps its repositories, and says how to find out", async () => {
    const empty = await installation("unknown");
    const way = await breakingWay(empty.owner, { passed: true, refused: Number.POSITIVE_INFINITY, armed: false });
    const breaking = { ...target({ ...empty, owner: way.config }), onProgress: armed(way), patienceSeconds: 0 };
    const repositories = join(empty.dataDir, "repositories");
    await expect(restoreBackup(breaking, file)).rejects.toMatchObject({
      message: expect.stringContaining("whether it was kept is not known"),
      next: expect.stringContaining(repositories),
    });
    expect(readdirSync(repositories)).toContain(organizationId);
    // What the message proposes.
    renameSync(repositories, `${repositories}-aside`);
    await expect(restoreBackup(target(empty), file)).rejects.toThrow("holds an organization already");
  });

  test("is not restored over what is there", async () => {
    await expect(restoreBackup(target(made), file)).rejects.toThrow(/already/);
    const empty = await installation("occupied");
    await expect(restoreBackup(target({ owner: made.owner, dataDir: empty.dataDir }), file)).rejects.toThrow(
      /holds an organization/,
    );
  });
});

/** Breaks it at the commit of the rows, not at one of the migrations before. */
function armed({ arm }: { arm: () => void }): (part: string) => void {
  return (part) => {
    if (part.startsWith("table ")) arm();
  };
}

/** Runs statements as the owner; its connection ends with the test. */
async function clientOf(owner: object): Promise<{ sql: (text: string) => Promise<unknown> }> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(owner);
  await client.connect();
  onTestFinished(() => client.end());
  return { sql: (text) => client.query(text) };
}

/** Changes one bit in the middle. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

/** Names a migration that does not exist, in place. */
function rename(path: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf('"number":');
  bytes.write("9", at + 9, "latin1");
  writeFileSync(path, bytes);
}
