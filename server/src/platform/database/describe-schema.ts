import type pg from "pg";

interface Column {
  table: string;
  name: string;
  type: string;
  isArray: boolean;
  nullable: boolean;
  hasDefault: boolean;
  isGenerated: boolean;
}

/** TypeScript types of PostgreSQL's, as `types.ts` reads them; what is not here is text. */
const typescriptTypes: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  int8: "number",
  float4: "number",
  float8: "number",
  timestamptz: "Timestamp",
  bytea: "Buffer",
  json: "Json",
  jsonb: "Json",
};

/**
 * Writes the TypeScript of a live, migrated database: one interface per table of schema public, and `Database`, which
 * kysely takes. A text column whose check lists its values becomes the union of them.
 */
export async function describeSchema(client: pg.ClientBase): Promise<string> {
  const columns = await readColumns(client);
  const choices = await readChoices(client);
  const tables = Map.groupBy(columns, ({ table }) => table);
  const interfaces = [...tables].map(([table, members]) => {
    const lines = members.map(
      (column) => `  ${column.name}: ${columnType(column, choices.get(`${table}.${column.name}`))};`,
    );
    return `export interface ${typeName(table)} {\n${lines.join("\n")}\n}\n`;
  });
  const database = [...tables.keys()].map((table) => `  ${table}: ${typeName(table)};`);
  return [header, ...interfaces, `export interface Database {\n${database.join("\n")}\n}\n`].join("\n");
}

const header = `// Made from the migrated database by \`node server/src/platform/database/generate-schema.ts\`; do not edit.
import type { ColumnType } from "kysely";

/** Has a default: may be left out when a row is inserted. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

/** The database computes it: cannot be written. */
export type GeneratedAlways<T> = ColumnType<T, never, never>;

/** Written as a Date or as ISO text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** Read as what JSON.parse gives, to be checked by a schema; written as JSON text. */
export type Json = ColumnType<unknown, string, string>;
`;

async function readColumns(client: pg.ClientBase): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select c.table_name as table, c.column_name as name,
      case when c.data_type = 'ARRAY' then substr(c.udt_name, 2) else c.udt_name end as type,
      c.data_type = 'ARRAY' as "isArray", c.is_nullable = 'YES' as nullable, c.column_default is not null as "hasDefault",
      c.is_generated = 'ALWAYS' or coalesce(c.identity_generation = 'ALWAYS', false) as "isGenerated"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    order by c.table_name collate "C", c.ordinal_position`);
  return rows;
}

/** The values that `check (status in ('a', 'b'))` allows, by "table.column". */
async function readChoices(client: pg.ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ column: string; check: string }>(`
    select rel.relname || '.' || att.attname as column, pg_get_constraintdef(con.oid) as check
    from pg_constraint con
      join pg_class rel on rel.oid = con.conrelid
      join pg_attribute att on att.attrelid = rel.oid and att.attnum = con.conkey[1]
    where con.contype = 'c' and array_length(con.conkey, 1) = 1 and rel.relnamespace = 'public'::regnamespace
    order by con.conname`);
  const choices = new Map<string, string[]>();
  for (const { column, check } of rows) {
    const list = /^CHECK \(\(+\w+ = ANY \(ARRAY\[(.*)\]\)\)+$/.exec(check)?.[1];
    const single = /^CHECK \(\(+\w+ = ('(?:[^']|'')*'::text)\)+$/.exec(check)?.[1];
    const values = [...(list ?? single ?? "").matchAll(/'((?:[^']|'')*)'::text/g)].map(([, value = ""]) =>
      value.replaceAll("''", "'"),
    );
    if (values.length > 0) choices.set(column, values);
  }
  return choices;
}

function columnType(column: Column, choices: string[] | undefined): string {
  const base = choices?.map((choice) => JSON.stringify(choice)).join(" | ") ?? typescriptTypes[column.type] ?? "string";
  const element = column.isArray ? `${base}[]` : base;
  const type = column.nullable ? `${element} | null` : element;
  if (column.isGenerated) return `GeneratedAlways<${type}>`;
  return column.hasDefault ? `Generated<${type}>` : type;
}

/** Singular where English is regular enough: audit_events gives AuditEvent, policies gives Policy. */
function typeName(table: string): string {
  const singular = table
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch)es$/, "$1")
    .replace(/([^s])s$/, "$1");
  return `${singular
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")}Row`;
}
