import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorizeReading } from "../access/kept-to-clients.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "./run.ts";
import { runByNumber } from "./run-store.ts";

/** The run with that number, for whoever may read its environment. Throws `not_found`, `not_allowed`. */
export async function runSeenBy(tx: Tx, actor: Actor, number: number): Promise<RunRecord> {
  const run = await runByNumber(tx, number);
  authorizeReading(actor, run.workspace.environment, () => problem("not_found", `There is no run ${number}.`));
  return run;
}
