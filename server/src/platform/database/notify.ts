import { sql } from "kysely";
import type { Tx } from "./pools.ts";

/** Tells listeners of the channel, when and only when the transaction commits. At most 8,000 bytes. */
export async function notify(tx: Tx, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(tx);
}
