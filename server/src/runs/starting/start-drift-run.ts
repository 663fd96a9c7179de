import { problem } from "@plumbline/contract";
import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { ring } from "../bell.ts";
import { engineOf } from "../engine-of-run.ts";
import { inputsDigest, openInputs, repositoriesOf, sealInputs } from "../inputs.ts";
import { inputsSealedOf } from "../plan-queries.ts";
import { engineChanges } from "../queue/engine-gate.ts";
import type { RunRecord } from "../run.ts";
import { findRuns, insertRuns, changeRun, lockQueue, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { announceRuns } from "../tell-of-run.ts";
import { appliedOf } from "../workspace-marks.ts";

/**
 * Starts a drift check: a plan of exactly what was applied last, with the inputs it was applied with, so that nothing
 * which was merged or changed upstream since can look like drift. A check that has not ended is answered instead of a
 * second one; undefined while an apply is running. Throws `wrong_status` where nothing was ever applied.
 */
export async function startDriftRun(
  tx: Tx,
  context: RunsContext,
  organizationId: string,
  workspaceId: string,
): Promise<RunRecord | undefined> {
  await lockQueue(tx, organizationId);
  const applied = await appliedOf(tx, workspaceId);
  if (applied === undefined)
    throw problem("wrong_status", "Nothing was applied here yet, so nothing can have drifted.");
  const [applying] = await findRuns(tx, { workspaceId, kind: "apply", status: ["running"], limit: 1 });
  if (applying !== undefined) return undefined;
  const [checking] = await findRuns(tx, { workspaceId, kind: "drift", status: ["queued", "running"], limit: 1 });
  if (checking !== undefined) return checking;
  const id = context.newId();
  await insertRuns(tx, organizationId, [
    {
      id,
      number: await nextNumber(tx, organizationId, "run"),
      kind: "drift",
      workspaceId,
      pullRequestId: null,
      patchSetId: null,
      status: "queued",
      codeCommit: applied.codeCommit,
      valuesCommit: applied.valuesCommit,
      destroy: false,
      mergeSequence: null,
      stage: 0,
      planned: null,
      createdAt: context.clock.now(),
      needs: [],
    },
  ]);
  const run = await runById(tx, id);
  const inputs = openInputs(context, { organizationId, id: applied.runId }, await inputsSealedOf(tx, applied.runId));
  await changeRun(tx, id, {
    ...engineChanges(await engineOf(context, run)),
    inputs_sealed: sealInputs(context, run, inputs),
    input_repositories: repositoriesOf(inputs),
    inputs_digest: await inputsDigest(context, run, inputs),
  });
  await announceRuns(tx, [run]);
  await ring(tx, organizationId);
  return run;
}
