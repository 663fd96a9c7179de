import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { FinishReport } from "@plumbline/contract/jobs";
import type { RunDirectory } from "./run-directory.ts";

/** How a run ended on this machine. `abandoned`: nothing was applied, nobody waits for it, and nothing is reported. */
export type RunResult = FinishReport | { outcome: "abandoned" };

/** Writes it, whole or not at all. Where somebody deleted the run's folder there is nobody to tell. */
export function writeResult(run: RunDirectory, result: RunResult): void {
  if (!existsSync(run.job)) return;
  const unfinished = `${run.result}.new`;
  writeFileSync(unfinished, JSON.stringify(result), { mode: 0o600, flush: true });
  renameSync(unfinished, run.result);
}

/** Reads it; undefined where the supervisor died before it wrote one. */
export function readResult(run: RunDirectory): RunResult | undefined {
  if (!existsSync(run.result)) return undefined;
  const result: RunResult = JSON.parse(readFileSync(run.result, "utf8"));
  return result;
}
