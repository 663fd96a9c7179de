import { setTimeout as wait } from "node:timers/promises";
import { checkDrift, getRun, hasEnded, listDriftCases, problem } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { caseTable } from "./case-table.ts";

export interface CheckOptions {
  wait?: boolean;
}

const everyMs = 500;

/** `plumb drift check`; with `--wait` it prints the drift cases that are open then, and fails where there are any. */
export async function checkNow(context: Context, workspace: string, options: CheckOptions): Promise<void> {
  const client = await context.client();
  const started = await client.call(checkDrift, { params: { workspace } });
  if (options.wait !== true)
    return context.print(started, ({ number, status }) => [
      `Drift check of ${workspace}: run ${number}, ${status}.`,
      `Follow it: plumb runs logs ${number} --follow`,
    ]);
  let run = await client.call(getRun, { params: { number: started.number } });
  while (!hasEnded(run.status)) {
    await wait(everyMs);
    run = await client.call(getRun, { params: { number: started.number } });
  }
  if (run.status !== "finished")
    throw problem(
      "run_failed",
      `Run ${run.number} is ${run.status}: ${run.error?.detail ?? run.reason ?? "see its log"}`,
    );
  const found = await client.call(listDriftCases, { query: { workspace, limit: 200 } });
  const open = { ...found, items: found.items.filter(({ status }) => status !== "closed") };
  context.print(open, ({ items }, look) => caseTable(items, look));
  if (open.items.length > 0) context.fail();
}
