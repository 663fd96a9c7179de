import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { authorizeReading } from "../access/kept-to-clients.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "./run.ts";
import { environmentsOfRuns, runByNumber } from "./run-store.ts";

/** The run with that number, for whoever may read its environment. Throws `not_found`, `not_allowed`. */
export async function runSeenBy(tx: Tx, actor: Actor, number: number): Promise<RunRecord> {
  const run = await runByNumber(tx, number);
  authorizeReading(actor, run.workspace.environment, () => problem("not_found", `There is no run ${number}.`));
  return run;
}

/** Of the runs with these numbers those that somebody may read, asked at once. */
export async function runsSeenBy(tx: Tx, actor: Actor, numbers: readonly number[]): Promise<Set<number>> {
  const environments = await environmentsOfRuns(tx, numbers);
  const seen = [...environments].filter(([, environment]) => may(actor, "environment.read", environment));
  return new Set(seen.map(([number]) => number));
}
