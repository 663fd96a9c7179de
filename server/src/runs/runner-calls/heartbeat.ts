import type { HeartbeatRequest, HeartbeatResponse } from "@plumbline/contract";
import { Problem, problem } from "@plumbline/contract";
import type { RunnerIdentity } from "../../runners/runner.ts";
import { activeRunner, touchRunner } from "../../runners/runner-queries.ts";
import { fetchableTools } from "../../runners/tool-queries.ts";
import { runUnderWay } from "./run-of-runner.ts";
import { changeRun, lockQueue, runsById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";

/** Extends the leases of the runs a runner still works on, and tells it which it has lost or should stop. */
export async function heartbeat(
  context: RunsContext,
  runner: RunnerIdentity,
  request: HeartbeatRequest,
): Promise<HeartbeatResponse> {
  return context.db.transaction(runner.organizationId, async (tx) => {
    const now = context.clock.now();
    if ((await activeRunner(tx, runner.id)) === undefined) throw problem("not_signed_in", "This runner was revoked.");
    await touchRunner(tx, runner.id, { at: now, capacity: request.capacity });
    const known = new Map(
      (
        await runsById(
          tx,
          request.runs.map(({ runId }) => runId),
        )
      ).map((run) => [run.id, run]),
    );
    // Only a run that was given up changes what may go; everything else is not worth the queue's lock.
    if ([...known.values()].some((run) => run.status === "unknown")) await lockQueue(tx, runner.organizationId);
    const expires = new Date(now.getTime() + context.settings.leaseSeconds * 1_000);
    const answers: HeartbeatResponse["runs"] = [];
    for (const { runId, epoch } of request.runs.toSorted((one, other) => (one.runId < other.runId ? -1 : 1))) {
      const run = known.has(runId) ? await runUnderWay(tx, context, { runner, runId, epoch }).catch(lost) : undefined;
      if (run !== undefined) await changeRun(tx, runId, { lease_expires_at: expires });
      answers.push({
        runId,
        lease: run === undefined ? "lost" : "held",
        cancel: run !== undefined && run.cancelRequestedAt !== null,
      });
    }
    if (request.fetches === undefined) return { runs: answers };
    return { runs: answers, tools: await fetchableTools(tx, request.fetches) };
  });
}

function lost(error: unknown): undefined {
  if (error instanceof Problem && error.code === "lease_lost") return undefined;
  throw error;
}
