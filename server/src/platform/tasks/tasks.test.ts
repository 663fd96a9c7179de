import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../testing/test-database.ts";
import { openLog } from "../log.ts";
import { addTask, handleTask, startTasks, task } from "./index.ts";

const database = await testDatabase();
const organizationId = await database.organization();
const note = task("note", z.object({ text: z.string() }));
const waiting = () =>
  database.sql<{ key: string | null; attempts: number }>("select key, attempts from graphile_worker.jobs order by id");

async function until(condition: () => boolean | Promise<boolean>) {
  for (let waited = 0; !(await condition()) && waited < 10_000; waited += 10) await sleep(10);
  expect(await condition()).toBe(true);
}

function logLines() {
  const lines: string[] = [];
  return { lines, log: openLog({ level: "info", destination: { write: (line) => void lines.push(line) } }) };
}

test("a task exists when its transaction commits, and is done with its payload", async () => {
  const done: string[] = [];
  const failed = database.db.transaction(organizationId, async (tx) => {
    await addTask(tx, note, { text: "rolled back" });
    throw new Error("stop");
  });
  await expect(failed).rejects.toThrow("stop");
  await database.db.transaction(organizationId, (tx) => addTask(tx, note, { text: "committed" }));
  const { log, lines } = logLines();
  const running = await startTasks({
    owner: database.connections.owner,
    handlers: [handleTask(note, async ({ text }) => void done.push(text))],
    cron: [{ task: "note", match: "0 4 * * *" }],
    concurrency: 2,
    log,
  });
  await until(() => done.length > 0);
  await database.db.transaction(organizationId, (tx) =>
    addTask(tx, note, { text: "later" }, { runAt: new Date(Date.now() + 3_600_000) }),
  );
  await running.stop();
  await running.stop();
  expect(done).toEqual(["committed"]);
  expect(lines).toEqual([]);
  expect(await waiting()).toHaveLength(1);
});

test("of tasks with one key the last one stays, or the first where nothing is to be done twice", async () => {
  await database.sql("select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null");
  const before = (await waiting()).length;
  const runAt = new Date(Date.now() + 3_600_000);
  await database.db.transaction(organizationId, async (tx) => {
    await addTask(tx, note, { text: "one" }, { runAt, jobKey: "k" });
    await addTask(tx, note, { text: "two" }, { runAt, jobKey: "k" });
    await addTask(tx, note, { text: "three" }, { jobKey: "k", jobKeyMode: "unsafe_dedupe" });
  });
  expect(await waiting()).toHaveLength(before + 1);
  const [{ payload } = { payload: undefined }] = await database.sql<{ payload: unknown }>(
    "select payload from graphile_worker._private_jobs where key = 'k'",
  );
  expect(payload).toEqual({ text: "two" });
});

test("failed work is logged without its payload and tried again", async () => {
  const failing = task("fail", z.object({ secret: z.string() }));
  const { log, lines } = logLines();
  const attempts: number[] = [];
  const running = await startTasks({
    owner: database.connections.owner,
    handlers: [
      handleTask(failing, async (_payload, { attempt }) => {
        attempts.push(attempt);
        throw new Error("cannot reach smtp://me:hunter2@mail.test");
      }),
    ],
    concurrency: 1,
    log,
  });
  await database.db.transaction(organizationId, (tx) => addTask(tx, failing, { secret: "s3cret" }, { maxAttempts: 3 }));
  await until(() => attempts.length >= 1 && lines.length > 0);
  await running.stop();
  expect(lines).toHaveLength(1);
  expect(attempts[0]).toBe(1);
  expect(lines.join("")).toContain("tried again");
  expect(lines.join("")).not.toMatch(/hunter2|s3cret/);
});

test("a payload that does not fit its declaration fails the task", async () => {
  const handler = handleTask(note, async () => undefined);
  const context = { signal: new AbortController().signal, attempt: 1, log: openLog({ level: "silent" }) };
  expect(() => handler.run({ text: 1 }, context)).toThrow(/text/);
});
