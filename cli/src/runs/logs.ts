import { setTimeout as wait } from "node:timers/promises";
import { getRun, getRunLog, hasEnded, Problem, problem, streamRunLog } from "@plumbline/contract";
import type { LogLine, Run } from "@plumbline/contract";
import { prunedSentence } from "@plumbline/contract/pruned-sentence";
import { printableJson } from "../command/context.ts";
import type { Context } from "../command/context.ts";
import type { Client } from "../connection/client.ts";
import { readEvents } from "../connection/event-stream.ts";
import { makePrintable } from "../terminal/clean.ts";
import { lookOf } from "../terminal/look.ts";
import type { Look } from "../terminal/look.ts";

export interface LogOptions {
  follow?: boolean;
}

/** A stream that broke off is opened again after so many milliseconds, and so many times in a row without a line. */
const pause = 1_000;
const mostCuts = 60;

/** `plumb runs logs` */
export async function showLog(context: Context, number: number, { follow }: LogOptions): Promise<void> {
  const client = await context.client();
  if (follow === true) return followLog(context, client, number);
  const log = await client.call(getRunLog, { params: { number }, query: {} });
  context.print(log, ({ lines, pruned }, look) => [
    ...(pruned === undefined ? [] : [prunedSentence("log", pruned)]),
    ...lines.flatMap((line) => logLines(line, look)),
  ]);
}

/** Prints lines as they come and ends with the run: well only where it finished or waits for an approval. */
async function followLog(context: Context, client: Client, number: number): Promise<void> {
  const { stdout } = context.terminal;
  const look = lookOf(context.terminal, "stdout");
  const before = await client.call(getRun, { params: { number } });
  if (["waits", "queued", "held"].includes(before.status)) sayStatus(context, before);
  let last = 0;
  let cuts = 0;
  const show = (line: LogLine) => {
    if (line.id <= last) return;
    last = line.id;
    cuts = 0;
    if (context.json) stdout.write(`${printableJson(line, 0)}\n`);
    else for (const text of logLines(makePrintable(line), look)) stdout.write(`${text}\n`);
  };
  while (!(await streamOnce(client, number, show))) {
    if (++cuts === mostCuts) throw problem("unavailable", `The log of run ${number} broke off ${cuts} times.`);
    if (cuts === 1 && !context.json) context.say("The log broke off; it is asked for again.");
    await wait(pause);
  }
  const { lines, pruned } = await client.call(getRunLog, { params: { number }, query: { after: last } });
  for (const line of lines) show(line);
  if (pruned !== undefined) context.say(prunedSentence("log", pruned));
  const run = await client.call(getRun, { params: { number } });
  if (run.status === "finished") return;
  if (hasEnded(run.status))
    throw problem(
      "run_failed",
      `Run ${number} is ${run.status}: ${run.error?.detail ?? run.reason ?? "see its log"}`,
      run.next === null ? {} : { next: run.next },
    );
  sayStatus(context, run);
}

function sayStatus(context: Context, { number, status, reason }: Run): void {
  context.say(`Run ${number}, ${status}: ${makePrintable(reason ?? "no reason is given")}`);
}

/** Follows the stream up to its event `end`; false where it cannot be had or was cut before that. */
async function streamOnce(client: Client, number: number, show: (line: LogLine) => void): Promise<boolean> {
  const stop = new AbortController();
  try {
    const pieces = await client.open(streamRunLog, { params: { number } }, stop.signal);
    for await (const { event, data } of readEvents(pieces)) {
      if (event === "line") show(JSON.parse(data));
      if (event === "end") return true;
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) throw error;
    if (error instanceof Problem && error.code !== "unavailable") throw error;
  } finally {
    stop.abort();
  }
  return false;
}

function logLines({ phase, text }: LogLine, look: Look): string[] {
  const prefix = look.paint("dim", phase.padEnd(5));
  return text.split("\n").map((line) => `${prefix} ${line}`.trimEnd());
}
