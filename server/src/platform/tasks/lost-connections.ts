import type pg from "pg";

/**
 * What a statement, or the attempt to connect, fails with where PostgreSQL or the way to it is gone: codes of the operating
 * system and of PostgreSQL (appendix A of its manual: classes 08 and 57P, and 53300, too many connections).
 */
const lost =
  /^(E(PIPE|CONNRESET|CONNREFUSED|CONNABORTED|HOSTUNREACH|NETUNREACH|AI_AGAIN|TIMEDOUT)|ENOENT|ENOTFOUND|08...|57P0[1235]|53300)$/;

/** The same without a code, as the driver says it. */
const lostWithoutCode =
  /^Connection terminated|connection error and is not queryable|^Client was closed|^timeout exceeded/;

/** The code that the task queue takes for "try again in a while", for hours. */
const tryAgain = "ETIMEDOUT";

/**
 * Makes a pool and its connections fail so that the task queue tries again when PostgreSQL is gone. It does so for some
 * codes only; with the others it gives up writing down how a task ended, and takes the process with it.
 */
export function repeatWhenLost(pool: pg.Pool): void {
  repeat(pool, "connect");
  pool.on("connect", (client) => repeat(client, "query"));
}

function repeat<Name extends string>(on: Record<Name, (...given: never[]) => unknown>, name: Name): void {
  const original = on[name].bind(on) as (...given: unknown[]) => unknown;
  const repeated = (...given: unknown[]): unknown => {
    const answer = original(...given);
    return answer instanceof Promise ? answer.catch(throwAsLost) : answer;
  };
  Object.assign(on, { [name]: repeated });
}

function throwAsLost(error: unknown): never {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error ? error.code : undefined;
  const isLost = typeof code === "string" ? lost.test(code) : lostWithoutCode.test(error.message);
  throw isLost ? Object.assign(error, { code: tryAgain }) : error;
}
