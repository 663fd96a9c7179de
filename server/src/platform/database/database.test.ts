import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { openLog } from "../log.ts";
import { sql } from "kysely";
import { describeSchema } from "./describe-schema.ts";
import { openListener } from "./listen.ts";
import { notify } from "./notify.ts";

const database = await testDatabase();
const acme = await database.organization("acme");
const globex = await database.organization("globex");

async function addPerson(organizationId: string, name: string) {
  await database.db.transaction(organizationId, async (tx) => {
    await tx
      .insertInto("people")
      .values({ organization_id: organizationId, person_id: database.newId(), name, display_name: name })
      .execute();
  });
}

const names = (organizationId: string) =>
  database.db.transaction(organizationId, async (tx) => {
    const rows = await tx.selectFrom("people").select("name").orderBy("name").execute();
    return rows.map(({ name }) => name);
  });

test("a transaction sees and writes its organization only", async () => {
  await addPerson(acme, "ann");
  await addPerson(globex, "bob");
  expect(await names(acme)).toEqual(["ann"]);
  expect(await names(globex)).toEqual(["bob"]);
  const foreign = database.db.transaction(acme, (tx) =>
    tx
      .insertInto("people")
      .values({ organization_id: globex, person_id: database.newId(), name: "eve", display_name: "Eve" })
      .execute(),
  );
  await expect(foreign).rejects.toThrow(/row-level security/);
  const changed = await database.db.transaction(acme, (tx) =>
    tx.updateTable("people").set({ display_name: "changed" }).where("name", "=", "bob").executeTakeFirst(),
  );
  expect(changed.numUpdatedRows).toBe(0n);
});

test("a system transaction sees every organization, and the next user of its connection does not", async () => {
  const all = await database.db.systemTransaction((tx) => tx.selectFrom("organizations").select("name").execute());
  expect(all.map(({ name }) => name).toSorted()).toEqual(["acme", "globex"]);
  for (let round = 0; round < 10; round++) {
    const seen = await database.db.transaction(acme, (tx) => tx.selectFrom("organizations").select("name").execute());
    expect(seen).toEqual([{ name: "acme" }]);
  }
});

test("nothing is visible outside a transaction that names an organization", async () => {
  const client = new pg.Client(database.connections.application);
  await client.connect();
  const { rows } = await client.query("select * from organizations");
  await client.end();
  expect(rows).toEqual([]);
});

test("what throws is rolled back", async () => {
  const failing = database.db.transaction(acme, async (tx) => {
    await tx
      .insertInto("people")
      .values({ organization_id: acme, person_id: database.newId(), name: "gone", display_name: "gone" })
      .execute();
    throw new Error("stop");
  });
  await expect(failing).rejects.toThrow("stop");
  expect(await names(acme)).not.toContain("gone");
});

test("every table of a tenant has row-level security and a policy", async () => {
  const open = await database.sql(`
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`);
  expect(open).toEqual([]);
  const without = await database.sql(`
    select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')`);
  // What holds for all organizations: the name of the root key.
  expect(without).toEqual([{ relname: "installation" }]);
});

test("the application can neither change nor delete audit events, nor write them past the function", async () => {
  for (const statement of [
    "update audit_events set actor_name = 'x'",
    "delete from audit_events",
    "truncate audit_events",
    "insert into audit_events (organization_id) values (gen_random_uuid())",
    "select graphile_worker.add_job('x')",
    "set session authorization plumbline_owner",
    "set role plumbline_owner",
  ]) {
    const client = new pg.Client(database.connections.application);
    await client.connect();
    const answer = await client.query(statement).catch((error: unknown) => error);
    await client.end();
    expect({ statement, answer: String(answer) }).toEqual({
      statement,
      answer: expect.stringMatching(/permission denied/),
    });
  }
});

test("the generated types are in step with the migrations", async () => {
  const client = new pg.Client(database.connections.owner);
  await client.connect();
  const expected = await describeSchema(client);
  await client.end();
  const squeeze = (text: string) => text.replaceAll(/[\s|]+/g, " "); // a formatter may have been over it
  const committed = readFileSync(resolve(import.meta.dirname, "schema.gen.ts"), "utf8");
  expect(squeeze(committed), "run: node server/src/platform/database/generate-schema.ts").toBe(squeeze(expected));
});

test("a notification comes when its transaction commits, and again after the connection was lost", async () => {
  const listener = openListener(database.connections.application, openLog({ level: "silent" }));
  const heard: string[] = [];
  listener.on("Runs changed", (payload) => heard.push(payload));
  const until = async (condition: () => boolean) => {
    for (let waited = 0; !condition() && waited < 5_000; waited += 10) await sleep(10);
    expect(condition()).toBe(true);
  };
  await until(() => heard.length === 1);
  const failed = database.db.transaction(acme, async (tx) => {
    await notify(tx, "Runs changed", "rolled back");
    throw new Error("stop");
  });
  await expect(failed).rejects.toThrow("stop");
  await database.db.transaction(acme, (tx) => notify(tx, "Runs changed", "one"));
  await until(() => heard.includes("one"));
  await database.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
  );
  await until(() => heard.filter((payload) => payload === "").length === 2);
  await database.db.transaction(acme, (tx) => notify(tx, "Runs changed", "two"));
  await until(() => heard.includes("two"));
  expect(heard).toEqual(["", "one", "", "two"]);
  await listener.close();
});

test("statements that come often are prepared, once per connection, and still see one organization only", async () => {
  const prepared = await database.db.transaction(globex, async (tx) => {
    for (let round = 0; round < 20; round++) {
      const rows = await tx.selectFrom("people").select("name").where("name", "in", ["ann", "bob"]).execute();
      expect(rows.map(({ name }) => name)).toEqual(["bob"]);
    }
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(tx);
    return rows.filter(({ statement }) => statement.includes('"name" in ($1, $2)'));
  });
  expect(prepared).toHaveLength(1);
  const seen = await database.db.transaction(acme, (tx) =>
    tx.selectFrom("people").select("name").where("name", "in", ["ann", "bob"]).execute(),
  );
  expect(seen).toEqual([{ name: "ann" }]);
});

test("an organization's id is a value, whatever it holds", async () => {
  const odd = "x'; set role plumbline_owner; select '";
  const seen = database.db.transaction(odd, (tx) =>
    sql<{ id: string }>`select current_setting('plumbline.organization_id') as id`.execute(tx),
  );
  expect((await seen).rows).toEqual([{ id: odd }]);
});
