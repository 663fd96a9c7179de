import type pg from "pg";

/** What a connection says that PostgreSQL, or the way to it, took away in the middle of a statement. */
const lost = new Set(["EPIPE", "ECONNRESET", "ECONNREFUSED", "ENOENT", "57P01", "57P02", "08006", "08003"]);

/** The code that the task queue takes for "try again in a while". */
const tryAgain = "ETIMEDOUT";

/**
 * Makes statements of a pool's connections fail so that the task queue repeats them when the connection was lost. It
 * repeats only some codes; with the others it gives up writing down how a task ended, and takes the process with it.
 */
export function repeatWhenLost(pool: pg.Pool): void {
  pool.on("connect", (client) => {
    const query: (...given: unknown[]) => unknown = client.query.bind(client);
    const repeated = (...given: unknown[]): unknown => {
      const answer = query(...given);
      return answer instanceof Promise ? answer.catch(throwAsLost) : answer;
    };
    Object.assign(client, { query: repeated });
  });
}

function throwAsLost(error: unknown): never {
  if (error instanceof Error && "code" in error && typeof error.code === "string" && lost.has(error.code))
    throw Object.assign(error, { code: tryAgain });
  throw error;
}
