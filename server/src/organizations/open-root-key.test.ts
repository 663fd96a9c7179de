import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readMigrations } from "../platform/database/migrate.ts";
import { openSealing, readRootKeyFile } from "../platform/sealing/index.ts";
import { testDatabase } from "../testing/index.ts";
import { openRootKey } from "./open-root-key.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "plumbline-root-key-"));
afterAll(() => rmSync(folder, { recursive: true }));
const first = join(folder, "first.key");
const other = join(folder, "other.key");

test("the first start makes the key, later ones and other servers need the same", async () => {
  const { keyId } = await openRootKey(database.db, first);
  expect((await openRootKey(database.db, first)).keyId).toBe(keyId);
  await expect(openRootKey(database.db, other)).rejects.toMatchObject({
    code: "config_invalid",
    message: expect.stringContaining(`${other} is missing`),
  });
  expect(existsSync(other)).toBe(false);
  const theirs = readRootKeyFile(other, { mayCreate: true }).keyId;
  await expect(openRootKey(database.db, other)).rejects.toMatchObject({
    message: `rootKey.file: ${other} holds the root key ${theirs}, but this database is sealed with the root key ${keyId}.`,
    next: expect.stringContaining("Put the right key file there"),
  });
  expect(existsSync(other)).toBe(true);
});

test("two servers that start first at once do not both go on with a key of their own", async () => {
  await database.sql("delete from installation");
  const files = [join(folder, "a.key"), join(folder, "b.key")];
  const opened = await Promise.allSettled(files.map((file) => openRootKey(database.db, file)));
  expect(opened.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(files.filter((file) => existsSync(file))).toHaveLength(1);
});

test("an installation that has sealed something before keys were written down has its key written down", async () => {
  const sealing = openSealing(readRootKeyFile(first, { mayCreate: false }));
  const organizationId = await database.organization();
  const keyId = database.newId();
  await database.sql(
    "insert into organization_keys (organization_id, key_id, purpose, public_key, sealed_private_key) values ($1, $2, 'signing', '', $3)",
    [organizationId, keyId, sealing.seal("signing-key", organizationId, keyId, Buffer.from("private"))],
  );
  await database.sql("drop table installation");
  const migration = readMigrations().find(({ name }) => name === "installation");
  await database.sql(migration?.sql ?? "");
  expect(await database.sql("select root_key_id from installation")).toEqual([{ root_key_id: sealing.keyId }]);
});
