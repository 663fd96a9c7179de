import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { organizationPlugin } from "./organization-plugin.ts";
import type { Database } from "./schema.gen.ts";

const compiling = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [organizationPlugin],
});
const own = (table: string) => `"${table}"."organization_id" = plumbline_organization()`;

const database = await testDatabase();
const acme = await database.organization("acme");
const globex = await database.organization("globex");
for (const [organization, name] of [
  [acme, "ann"],
  [acme, "amy"],
  [globex, "bob"],
])
  await database.sql(
    "insert into people (organization_id, person_id, name, display_name) values ($1, $2, $3::text, $3::text)",
    [organization, database.newId(), name],
  );

/** Runs a statement as the owner, whom row-level security does not bind: only what the plugin added keeps rows apart. */
async function asOwner(organization: string, { sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
  const client = new pg.Client(database.connections.owner);
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('plumbline.organization_id', $1, true)", [organization]);
    return await client.query<{ name: string }>(sql, [...parameters]);
  } finally {
    await client.end();
  }
}

test("reading, changing and deleting say whose rows they are about", async () => {
  expect(compiling.selectFrom("people").select("name").compile().sql).toContain(`where true and ${own("people")}`);
  const reading = compiling.selectFrom("people").select("name").orderBy("name").compile();
  expect((await asOwner(acme, reading)).rows.map(({ name }) => name)).toEqual(["amy", "ann"]);
  expect((await asOwner(globex, reading)).rows.map(({ name }) => name)).toEqual(["bob"]);
  const changing = compiling.updateTable("people").set({ display_name: "changed" }).compile();
  expect((await asOwner(acme, changing)).rowCount).toBe(2);
  const deleting = compiling.deleteFrom("people").where("name", "=", "bob").compile();
  expect((await asOwner(acme, deleting)).rowCount).toBe(0);
  expect((await asOwner(globex, deleting)).rowCount).toBe(1);
});

test("an alternative among the conditions does not let others' rows in", async () => {
  const reading = compiling
    .selectFrom("people")
    .select("name")
    .where(sql<boolean>`name = 'bob' or name = 'ann'`)
    .compile();
  expect((await asOwner(acme, reading)).rows).toEqual([{ name: "ann" }]);
});

test("a table is meant by the name that the statement gives it, and joined ones by their condition", async () => {
  const reading = compiling
    .selectFrom("people as someone")
    .innerJoin("people as other", (join) => join.onRef("other.organization_id", "=", "someone.organization_id"))
    .select("other.name")
    .distinct()
    .orderBy("other.name")
    .compile();
  expect(reading.sql).toContain(own("someone"));
  expect((await asOwner(acme, reading)).rows.map(({ name }) => name)).toEqual(["amy", "ann"]);
});

test("what has no organization stays as it is: the installation, a nested query, new rows", () => {
  expect(compiling.selectFrom("installation").selectAll().compile().sql).not.toContain("plumbline_organization");
  const nested = compiling
    .selectFrom((inner) => inner.selectFrom("people").select("name").as("named"))
    .select("named.name")
    .compile();
  expect(nested.sql).not.toContain('"named"."organization_id"');
  const adding = compiling.insertInto("counters").values({ organization_id: acme, kind: "run", value: 1 }).compile();
  expect(adding.sql).not.toContain("plumbline_organization");
});
