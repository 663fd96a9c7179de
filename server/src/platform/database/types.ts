import pg from "pg";

const { builtins } = pg.types;

/**
 * How PostgreSQL's values arrive: bigint as number (an error beyond 2^53, never a wrong number), date and interval as the text that
 * was sent (a Date would move with the time zone), the rest as `pg` does it: timestamptz as Date, bytea as Buffer, jsonb parsed.
 */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === builtins.INT8) return safeInteger;
    if (oid === builtins.DATE || oid === builtins.INTERVAL) return String;
    return pg.types.getTypeParser(oid, format);
  },
};

function safeInteger(text: string | Buffer): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text.toString()} does not fit a number`);
  return value;
}
