import { cancelRun, retryRun } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

const acts = {
  cancel: { endpoint: cancelRun, done: "Asked to stop" },
  retry: { endpoint: retryRun, done: "Trying again" },
} as const;

/** `plumb runs cancel|retry` */
export async function act(context: Context, name: keyof typeof acts, number: number): Promise<void> {
  const client = await context.client();
  const { endpoint, done } = acts[name];
  const answer = await client.call(endpoint, { params: { number } });
  context.print(answer, (run) => [
    `${done}: run ${run.number}, ${run.kind} ${run.workspace}, ${run.status}.`,
    ...[run.reason, run.next].filter((text) => text !== null),
  ]);
}
