import { EventEmitter } from "node:events";
import { parseCronItems, run } from "graphile-worker";
import type { TaskList, WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { openPool } from "../database/pools.ts";
import type { Log } from "../log.ts";
import { repeatWhenLost } from "./lost-connections.ts";
import { taskLogger } from "./task-logger.ts";
import type { TaskHandler } from "./task.ts";

/** A task that comes by the clock. With several servers it still comes once. */
export interface CronEntry {
  task: string;
  /** Five fields in UTC, e.g. every 5 minutes: "*\/5 * * * *". */
  match: string;
}

export interface RunningTasks {
  /** Takes no new tasks and waits for those under way (their signal aborts after a while). Again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts to do tasks. Needs the owner's connection, since the queue belongs to it. Failed work is logged and tried again.
 * @param options.cron tasks by the clock; they get an empty object with `_cron` as payload
 */
export async function startTasks(options: {
  owner: pg.ClientConfig;
  handlers: readonly TaskHandler[];
  cron?: readonly CronEntry[];
  concurrency: number;
  log: Log;
}): Promise<RunningTasks> {
  const { log } = options;
  const pool = openPool(options.owner, { log, size: options.concurrency + 2 });
  repeatWhenLost(pool);
  const runner = await run({
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: taskList(options.handlers, log),
    parsedCronItems: parseCronItems(
      (options.cron ?? []).map(({ task, match }) => ({ task, match, identifier: `${task} ${match}` })),
    ),
    logger: taskLogger(log),
    events: failureEvents(log),
  });
  let stopped: Promise<void> | undefined;
  // Never rejects into nowhere: an end of the runner that nobody asked for is logged; `stop` is what waits.
  runner.promise.catch((error: unknown) => log.error("the task queue ended", { error }));
  const stop = async () => {
    try {
      await runner.stop();
    } finally {
      await pool.end();
    }
  };
  return {
    stop: () => (stopped ??= stop()),
  };
}

function taskList(handlers: readonly TaskHandler[], log: Log): TaskList {
  const list: TaskList = {};
  for (const handler of handlers) {
    if (Object.hasOwn(list, handler.name)) throw new Error(`the task ${handler.name} has two handlers`);
    list[handler.name] = (payload, helpers) =>
      handler.run(payload, {
        signal: helpers.abortSignal,
        attempt: helpers.job.attempts,
        log: log.with({ task: handler.name, taskId: helpers.job.id }),
      });
  }
  return list;
}

function failureEvents(log: Log): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on("job:error", ({ job, error }) => {
    const last = job.attempts >= job.max_attempts;
    log[last ? "error" : "warn"](last ? "a task failed for good" : "a task failed and is tried again", {
      task: job.task_identifier,
      taskId: job.id,
      attempt: job.attempts,
      error,
    });
  });
  return events;
}
