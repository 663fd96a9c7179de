import { getRun, getRunLog, hasEnded, problem, streamRunLog } from "@plumbline/contract";
import type { LogLine, Run } from "@plumbline/contract";
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

const mostCuts = 5;

/** `plumb runs logs` */
export async function showLog(context: Context, number: number, { follow }: LogOptions): Promise<void> {
  const client = await context.client();
  if (follow === true) return followLog(context, client, number);
  const log = await client.call(getRunLog, { params: { number }, query: {} });
  context.print(log, ({ lines }, look) => lines.flatMap((line) => logLines(line, look)));
}

/** Prints lines as they come and ends with the run: well only where it finished or waits for an approval. */
async function followLog(context: Context, client: Client, number: number): Promise<void> {
  const { stdout } = context.terminal;
  const look = lookOf(context.terminal, "stdout");
  const before = await client.call(getRun, { params: { number } });
  if (["waits", "queued", "held"].includes(before.status)) sayStatus(context, before);
  let last = 0;
  const show = (line: LogLine) => {
    if (line.id <= last) return;
    last = line.id;
    if (context.json) stdout.write(`${printableJson(line, 0)}\n`);
    else for (const text of logLines(makePrintable(line), look)) stdout.write(`${text}\n`);
  };
  for (let cuts = 0; !(await streamOnce(client, number, show)); cuts++) {
    if (cuts === mostCuts) throw problem("unavailable", `The log of run ${number} broke off ${cuts + 1} times.`);
    const run = await client.call(getRun, { params: { number } });
    if (hasEnded(run.status)) break;
  }
  const { lines } = await client.call(getRunLog, { params: { number }, query: { after: last } });
  for (const line of lines) show(line);
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

/** Follows the stream up to its event `end`; false where it was cut before that. */
async function streamOnce(client: Client, number: number, show: (line: LogLine) => void): Promise<boolean> {
  const stop = new AbortController();
  const pieces = await client.open(streamRunLog, { params: { number } }, stop.signal);
  try {
    for await (const { event, data } of readEvents(pieces)) {
      if (event === "line") show(JSON.parse(data));
      if (event === "end") return true;
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) throw error;
  } finally {
    stop.abort();
  }
  return false;
}

function logLines({ phase, text }: LogLine, look: Look): string[] {
  const prefix = look.paint("dim", phase.padEnd(5));
  return text.split("\n").map((line) => `${prefix} ${line}`.trimEnd());
}
