import { EventEmitter } from "node:events";
import type pg from "pg";
import { expect, test } from "vitest";
import { repeatWhenLost } from "./lost-connections.ts";

/** What a statement fails with on a connection of the pool, where it would fail with this code. */
async function failure(code: string): Promise<unknown> {
  const pool = new EventEmitter();
  repeatWhenLost(pool as never as pg.Pool);
  const client = { query: () => Promise.reject(Object.assign(new Error("gone"), { code })) };
  pool.emit("connect", client);
  return client.query().catch((error: { code: string }) => error.code);
}

test("a lost connection is something to repeat, another failure is what it is", async () => {
  expect(await Promise.all(["EPIPE", "ECONNRESET", "57P01", "23505", "40001"].map(failure))).toEqual([
    "ETIMEDOUT",
    "ETIMEDOUT",
    "ETIMEDOUT",
    "23505",
    "40001",
  ]);
});
