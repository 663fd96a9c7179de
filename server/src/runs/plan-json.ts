import type { Tx } from "../platform/database/pools.ts";
import { readArtifact } from "./artifact-store.ts";
import { runById } from "./run-store.ts";
import type { RunsContext } from "./runs-context.ts";

/** The JSON of the plan a run reported; undefined where it reported none. It holds secrets: it stays on the server. */
export async function planJsonOf(
  tx: Tx,
  context: Pick<RunsContext, "sealing">,
  runId: string,
): Promise<Buffer | undefined> {
  const run = await runById(tx, runId);
  if (run.planEpoch === null) return undefined;
  const found = await readArtifact(tx, context, run.organizationId, { runId, epoch: run.planEpoch }, "plan_json");
  return found?.bytes;
}
