import { EventEmitter, once } from "node:events";
import { createConnection, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../testing/test-database.ts";
import { openLog } from "../log.ts";
import { addTask, handleTask, startTasks, task } from "./index.ts";
import { repeatWhenLost } from "./lost-connections.ts";

/** What a statement fails with on a connection of the pool, where it would fail with this. */
async function failure(error: Error): Promise<unknown> {
  const pool = Object.assign(new EventEmitter(), { connect: () => Promise.reject(error) });
  repeatWhenLost(pool as never as pg.Pool);
  const client = { query: () => Promise.reject(error) };
  pool.emit("connect", client);
  const ofStatement = await client.query().catch((caught: { code?: string }) => caught.code);
  expect(await pool.connect().catch((caught: { code?: string }) => caught.code)).toBe(ofStatement);
  return ofStatement;
}

test("a lost connection is something to repeat, another failure is what it is", async () => {
  const byCode = (code: string) => failure(Object.assign(new Error("gone"), { code }));
  const repeated = ["EPIPE", "ECONNRESET", "ECONNREFUSED", "ENOENT", "57P01", "57P03", "08006", "53300"];
  expect(await Promise.all(repeated.map(byCode))).toEqual(repeated.map(() => "ETIMEDOUT"));
  expect(await Promise.all(["23505", "40001", "57014"].map(byCode))).toEqual(["23505", "40001", "57014"]);
  expect(await failure(new Error("Connection terminated unexpectedly"))).toBe("ETIMEDOUT");
  expect(await failure(new Error("Cannot use a pool after calling end on the pool"))).toBeUndefined();
});

/** A way to the test database that can be cut: what is connected ends, what comes is refused, until it is mended. */
async function breakableWay(to: pg.ClientConfig) {
  const { host, port, ...config } = new pg.Client(to);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = host.startsWith("/") ? createConnection(`${host}/.s.PGSQL.${port}`) : createConnection(port, host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => void sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port: near } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    config: { user: config.user, password: config.password, database: config.database, host: "127.0.0.1", port: near },
    cut,
    mend: () => once(server.listen(near, "127.0.0.1"), "listening"),
  };
}

test("tasks that end while PostgreSQL cannot be reached are written down when it can, by the same process", async () => {
  const database = await testDatabase();
  const way = await breakableWay(database.connections.owner);
  const ends: (() => void)[] = [];
  const work = task("work", z.object({ fails: z.boolean() }));
  const running = await startTasks({
    owner: way.config,
    handlers: [
      handleTask(work, async ({ fails }, { attempt }) => {
        if (attempt > 1) return;
        await new Promise<void>((resolve) => ends.push(resolve));
        if (fails) throw new Error("failed without a database");
      }),
    ],
    concurrency: 2,
    log: openLog({ level: "silent" }),
  });
  const left = async () => (await database.sql("select 1 from graphile_worker.jobs")).length;
  const until = async (condition: () => boolean | Promise<boolean>) => {
    for (let waited = 0; waited < 30_000 && !(await condition()); waited += 50) await sleep(50);
    expect(await condition()).toBe(true);
  };
  const organizationId = await database.organization();
  await database.db.transaction(organizationId, async (tx) => {
    await addTask(tx, work, { fails: false });
    await addTask(tx, work, { fails: true });
  });
  await until(() => ends.length === 2);
  await way.cut();
  for (const end of ends) end();
  await sleep(500); // both try to write down how they ended, and are refused
  expect(await left()).toBe(2);
  await way.mend();
  await until(async () => (await left()) === 0);
  await running.stop();
  await way.cut();
});
