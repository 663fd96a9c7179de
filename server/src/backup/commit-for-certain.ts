import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** As long is asked for the outcome: a database that starts again after a crash reads its log first. */
const patienceSeconds = 60;

/**
 * Commits the transaction that a connection is in. Where it breaks meanwhile, what came of it is asked on a new one, until
 * the database answers or `seconds` are over. Answers `unknown` where it did not. Throws what the commit met with where
 * nothing was kept.
 */
export async function commitForCertain(
  client: pg.Client,
  config: pg.ClientConfig,
  seconds = patienceSeconds,
): Promise<"committed" | "unknown"> {
  const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::text as id");
  const id = rows[0]?.id ?? "";
  try {
    await client.query("commit");
    return "committed";
  } catch (error) {
    // Anything but the transaction's own error means that nobody heard the answer.
    if (error instanceof pg.DatabaseError && error.severity === "ERROR") throw error;
    const outcome = await outcomeOf(config, id, Date.now() + seconds * 1_000);
    if (outcome === "aborted") throw error;
    return outcome;
  }
}

async function outcomeOf(
  config: pg.ClientConfig,
  id: string,
  until: number,
): Promise<"committed" | "aborted" | "unknown"> {
  for (;;) {
    const status = await statusOf(config, id).catch(() => "in progress");
    if (status === "committed" || status === "aborted") return status;
    if (status !== "in progress" || Date.now() >= until) return "unknown";
    await pause(500);
  }
}

/** What PostgreSQL says of a transaction; null where it was so long ago that it does not know any more. */
async function statusOf(config: pg.ClientConfig, id: string): Promise<string | null> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined); // the query that is under way fails with it
  try {
    await client.connect();
    const { rows } = await client.query<{ status: string | null }>("select pg_xact_status($1::xid8) as status", [id]);
    return rows[0]?.status ?? null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
