import { Problem } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import { prepareState, rescueState } from "../../states/write-state.ts";
import { readArtifact } from "../artifact-store.ts";
import { writerOf } from "./runner-state.ts";
import type { RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * Stores the state that the engine could not store itself and left behind as `errored.tfstate`, where it is a valid
 * successor of the newest version. Answers why it is not; undefined where there is none or all is well.
 */
export async function rescueLeftState(
  tx: Tx,
  context: RunsContext,
  call: Pick<RunnerCall, "runner">,
  run: RunRecord,
): Promise<string | undefined> {
  const left = await readArtifact(
    tx,
    context,
    run.organizationId,
    { runId: run.id, epoch: run.epoch },
    "errored_state",
  );
  if (left === undefined) return undefined;
  try {
    const state = await prepareState(context.states, run.organizationId, left.bytes);
    await rescueState(tx, context.states, writerOf({ ...call, runId: run.id, epoch: run.epoch }, run), state);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return `run ${run.number} left a state behind that cannot be stored: ${error.message}`;
  }
}
