import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { openLog } from "../log.ts";
import { migrate, readMigrations } from "./migrate.ts";

const database = await testDatabase();
const log = openLog({ level: "silent" });
const folder = mkdtempSync(join(tmpdir(), "plumbline-migrations-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function emptyDatabase(): Promise<pg.ClientConfig> {
  const name = `empty_${database.newId().replaceAll("-", "")}`;
  await database.sql(`create database ${name}`);
  return { ...database.connections.owner, database: name };
}

async function query(config: pg.ClientConfig, text: string): Promise<unknown[]> {
  const client = new pg.Client(config);
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

const own = readMigrations();
const extra = (number: number, sql: string, sha256 = `of ${sql}`) => ({ number, name: `extra-${number}`, sha256, sql });

test("servers that start together migrate once; the second time there is nothing to do", async () => {
  const config = await emptyDatabase();
  const both = await Promise.all([migrate(config, { log }), migrate(config, { log })]);
  expect(both.toSorted((left, right) => left.length - right.length)).toEqual([[], own.map(({ number }) => number)]);
  expect(await migrate(config, { log })).toEqual([]);
});

test("a migration is applied as a whole or not at all", async () => {
  const config = await emptyDatabase();
  const broken = extra(1, "create table half (id int); select nonsense");
  await expect(migrate(config, { log, migrations: [broken] })).rejects.toThrow(
    /Migration 1 \(extra-1\) failed: column "nonsense"/,
  );
  expect(await query(config, "select to_regclass('half') as half")).toEqual([{ half: null }]);
  expect(await migrate(config, { log, migrations: [extra(1, "create table half (id int)")] })).toEqual([1]);
});

test("an edited migration and one of a newer version are refused, and nothing is changed", async () => {
  const config = await emptyDatabase();
  const first = extra(1, "create table one (id int)");
  const second = extra(2, "create table two (id int)");
  await migrate(config, { log, migrations: [first, second] });
  await expect(migrate(config, { log, migrations: [first] })).rejects.toMatchObject({
    code: "database_unavailable",
    message: expect.stringContaining("0002-extra-2, which this version does not know"),
    next: expect.stringContaining("newer Plumbline"),
  });
  const edited = { ...first, sha256: "edited" };
  const third = extra(3, "create table three (id int)");
  await expect(migrate(config, { log, migrations: [edited, second, third] })).rejects.toThrow(
    /0001-extra-1 was edited/,
  );
  expect(await query(config, "select to_regclass('three') as three")).toEqual([{ three: null }]);
});

test("files are numbered without gaps and named alike", () => {
  writeFileSync(join(folder, "0001-one.sql"), "select 1");
  writeFileSync(join(folder, "0003-three.sql"), "select 3");
  expect(() => readMigrations(folder)).toThrow(/0003-three\.sql: migrations are numbered without gaps, 2 comes here/);
  writeFileSync(join(folder, "0002_two.sql"), "select 2");
  expect(() => readMigrations(folder)).toThrow(/0002_two\.sql is not named/);
});
