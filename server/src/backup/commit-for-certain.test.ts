import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "../platform/database/index.ts";
import { openLog } from "../platform/log.ts";
import { commitForCertain } from "./commit-for-certain.ts";
import { breakingWay } from "./testing/breaking-way.ts";

const folder = mkdtempSync(join(tmpdir(), "plumb-commit-"));
const log = openLog({ level: "silent" });
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log, settings: { fsync: "off" } });
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});
const direct = postgres.connection("postgres");

/** A connection in a transaction that has made a table. */
async function inTransaction(config: pg.ClientConfig, table: string): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("begin");
  await client.query(`create table ${table} (one int primary key deferrable initially deferred)`);
  return client;
}

async function isThere(table: string): Promise<boolean> {
  const client = new pg.Client(direct);
  await client.connect();
  const { rows } = await client.query("select to_regclass($1) is not null as there", [table]);
  await client.end();
  return rows[0].there === true;
}

test("a commit that the database heard is one, though the connection broke before its answer", async () => {
  const { config: way } = await breakingWay(direct, { passed: true, refused: 2 });
  expect(await commitForCertain(await inTransaction(way, "heard"), way)).toBe("committed");
  expect(await isThere("heard")).toBe(true);
});

test("one that it did not hear is none, and says what happened", async () => {
  const { config: way } = await breakingWay(direct, { passed: false, refused: 0 });
  await expect(commitForCertain(await inTransaction(way, "unheard"), way)).rejects.toThrow(/terminated|ECONNRESET/);
  expect(await isThere("unheard")).toBe(false);
});

test("where nobody can be asked, nothing is claimed", async () => {
  const { config: way } = await breakingWay(direct, { passed: true, refused: Number.POSITIVE_INFINITY });
  expect(await commitForCertain(await inTransaction(way, "unasked"), way, 0)).toBe("unknown");
  expect(await isThere("unasked")).toBe(true);
});

test("a transaction's own error is passed on", async () => {
  const { config: way } = await breakingWay(direct, { passed: true, refused: 0 });
  const client = await inTransaction(direct, "refused");
  await client.query("insert into refused values (1), (1)");
  await expect(commitForCertain(client, way)).rejects.toThrow("duplicate key");
});
