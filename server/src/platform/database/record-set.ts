import { sql } from "kysely";
import type { RawBuilder } from "kysely";

/** Rows of one shape, as a statement takes them in one value. */
export interface RecordSet {
  /** For `jsonb_populate_recordset(null::<table>, …::jsonb)`, which reads each value as its column's type. */
  text: string;
  /** The columns, as the first row has them. */
  names: string[];
  /** The same, for a statement. */
  columns: RawBuilder<unknown>;
}

/**
 * Rows by column. Dates, texts, numbers, lists and what a jsonb column holds are given as they are, bytes as a Buffer. With
 * a value for each column of each row a statement would be as large as what it writes, and may have 65,535 of them.
 */
export function recordSet(rows: readonly Readonly<Record<string, unknown>>[]): RecordSet {
  const names = Object.keys(rows[0] ?? {});
  const text = JSON.stringify(
    rows.map((row) => Object.fromEntries(names.map((name) => [name, asText(row[name] ?? null)]))),
  );
  return { text, names, columns: sql.join(names.map((name) => sql.ref(name))) };
}

function asText(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value;
}

/** As many rows as one statement writes. */
const writtenAtOnce = 2_000;

/** The rows in parts of that many. */
export function inChunks<Row>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  for (let from = 0; from < rows.length; from += writtenAtOnce) chunks.push(rows.slice(from, from + writtenAtOnce));
  return chunks;
}
