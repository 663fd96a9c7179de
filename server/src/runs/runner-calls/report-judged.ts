import type { JudgedReport } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { RunnerCall } from "./run-of-runner.ts";
import { requireUnderWay, withLockedRun } from "./run-of-runner.ts";
import { changeRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";

/** Keeps what a replay has found. Nothing follows from it but what is shown. The same report again changes nothing. */
export async function reportJudged(context: RunsContext, call: RunnerCall, { judgement }: JudgedReport): Promise<void> {
  await withLockedRun(context, call, async (tx, run) => {
    requireUnderWay(run);
    if (run.kind !== "replay") throw problem("wrong_status", `Run ${run.number} is a ${run.kind}, not a replay.`);
    await changeRun(tx, run.id, {
      plan_epoch: run.epoch,
      findings: storable(judgement.findings),
      judgement_failures: storable(judgement.failures),
      // Of a replay only this counts: policies that do not work, or whose tests fail.
      blocking: judgement.failures.length,
    });
  });
}

/** JSON for PostgreSQL, whose texts hold no NUL. */
export function storable(value: unknown): string {
  return JSON.stringify(value).replaceAll("\\u0000", "\\ufffd");
}
