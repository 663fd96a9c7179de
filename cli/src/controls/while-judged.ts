import { setTimeout as sleep } from "node:timers/promises";
import { getControlProgress } from "@plumbline/contract";
import type { ControlProgress } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Client } from "../connection/client.ts";

/** Between two questions how far it is, in milliseconds; what takes less is not told of. */
const interval = 1000;

const steps: Record<ControlProgress["step"], string> = {
  reading: "Reading the newest states",
  judging: "Judging",
};

/** Waits for a report. A person at a terminal is told on stderr how many environments are done, on a line that goes again. */
export async function whileJudged<Answer>(context: Context, client: Client, asked: Promise<Answer>): Promise<Answer> {
  const { stderr, isTerminal } = context.terminal;
  if (!isTerminal.stderr) return asked;
  const over = new AbortController();
  let isTold = false;
  const show = (line: string): void => void stderr.write(`\r\u001B[K${line}`);
  const tell = async (): Promise<void> => {
    for (;;) {
      await sleep(interval, undefined, { signal: over.signal });
      const { progress } = await client.call(getControlProgress, {});
      if (over.signal.aborted) return;
      if (progress === null) continue;
      isTold = true;
      show(`${steps[progress.step]}: ${progress.done} of ${progress.environments} environments`);
    }
  };
  // Whatever keeps it from being told, the report's own answer says what is wrong.
  tell().catch(() => undefined);
  try {
    return await asked;
  } finally {
    over.abort();
    if (isTold) show("");
  }
}
