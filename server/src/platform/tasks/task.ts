import { sql } from "kysely";
import type { z } from "zod";
import type { Tx } from "../database/pools.ts";
import type { Log } from "../log.ts";

/** A kind of background work: its name and what it is given. Declared once, by the domain that does it. */
export interface Task<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
}

/** Declares a task. The name is stored with waiting tasks: changing it loses them. */
export function task<Payload>(name: string, payload: z.ZodType<Payload>): Task<Payload> {
  return { name, payload };
}

/** What the work knows about itself. */
export interface TaskContext {
  /** Aborts when the server stops: leave things as they are; the task is done again. */
  signal: AbortSignal;
  /** 1 at the first time. */
  attempt: number;
  log: Log;
}

/** A task with the work that does it. The work must bear being done twice: a server may end just before it is recorded. */
export interface TaskHandler {
  readonly name: string;
  run(payload: unknown, context: TaskContext): Promise<void>;
}

/** Joins a task and its work, for the list that `compose.ts` assembles. */
export function handleTask<Payload>(
  declared: Task<Payload>,
  work: (payload: Payload, context: TaskContext) => Promise<void>,
): TaskHandler {
  return { name: declared.name, run: (payload, context) => work(declared.payload.parse(payload), context) };
}

/** When and how a task is done. */
export interface TaskOptions {
  /** Not before; at once by default. */
  runAt?: Date;
  /** At most one waiting task has this key: a second one replaces the first. */
  jobKey?: string;
  /** What a second one does: take its place with the new time, with the old time, or nothing at all. `replace` by default. */
  jobKeyMode?: "replace" | "preserve_run_at" | "unsafe_dedupe";
  /** Tasks of one queue are done one after the other. */
  queue?: string;
  /** 25 by default, with growing pauses: three days in all. */
  maxAttempts?: number;
}

/** Adds a task; it exists when, and only when, the transaction commits. */
export async function addTask<Payload>(
  tx: Tx,
  declared: Task<Payload>,
  payload: Payload,
  options: TaskOptions = {},
): Promise<void> {
  const { queue = null, runAt = null, jobKey = null, jobKeyMode = "replace", maxAttempts = null } = options;
  await sql`select plumbline_tasks.add_task(${declared.name}, ${JSON.stringify(payload)}::json, ${queue}, ${runAt}::timestamptz,
    ${jobKey}, ${jobKeyMode}, ${maxAttempts}::integer)`.execute(tx);
}
