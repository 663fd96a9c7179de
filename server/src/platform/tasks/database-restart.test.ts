import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../config/read-config.ts";
import { openDatabase } from "../database/open-database.ts";
import { openLog } from "../log.ts";
import { addTask, handleTask, startTasks, task } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-restart-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

async function until(condition: () => boolean | Promise<boolean>) {
  for (let waited = 0; waited < 30_000 && !(await condition()); waited += 50) await sleep(50);
  expect(await condition()).toBe(true);
}

test("a task that was acknowledged before PostgreSQL was killed is done after it is back, by the same server", async () => {
  const log = openLog({ level: "silent" });
  const { database } = readConfig({ env: { PLUMBLINE_SERVER__DATA_DIR: folder } });
  const opened = await openDatabase(database, log);
  const done: number[] = [];
  const count = task("count", z.object({ n: z.int() }));
  const tasks = await startTasks({
    owner: opened.connections.owner,
    handlers: [handleTask(count, async ({ n }) => void done.push(n))],
    concurrency: 1,
    log,
  });
  const heard: string[] = [];
  opened.listener.on("restart_test", (payload) => heard.push(payload));
  await until(() => heard.length === 1);
  await opened.db.systemTransaction((tx) => addTask(tx, count, { n: 1 }, { runAt: new Date(Date.now() + 1_000) }));
  const killed = opened.embedded?.pid() ?? 0;
  expect(killed).toBeGreaterThan(1);
  process.kill(killed, "SIGKILL");
  await until(() => done.includes(1));
  await opened.db.systemTransaction((tx) => addTask(tx, count, { n: 2 }));
  await until(() => done.includes(2));
  await until(() => heard.length >= 2);
  await tasks.stop();
  await opened.close();
});
