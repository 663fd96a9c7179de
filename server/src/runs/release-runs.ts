import type { Tx } from "../platform/database/pools.ts";
import { ring } from "./bell.ts";
import { collectInputs, inputsDigest, sealInputs } from "./inputs.ts";
import { appliesAround, needsOf, newestFinished, waitingRuns } from "./queue-store.ts";
import { releaseApply, releasePlan } from "./release.ts";
import type { Release } from "./release.ts";
import type { RunRecord } from "./run.ts";
import { changeRun, lockQueue, moveRun, runsById } from "./run-store.ts";
import { tellOfRun } from "./tell-of-run.ts";
import type { RunsContext } from "./runs-context.ts";

/**
 * Moves every waiting run that may go to the queue, cancels those whose upstream failed, and keeps the reasons of the
 * rest up to date. Call it, in the same transaction, after everything that may free a run.
 */
export async function releaseRuns(tx: Tx, context: RunsContext, organizationId: string): Promise<void> {
  await lockQueue(tx, organizationId);
  let queued = false;
  // A cancellation may cancel dependents in turn; every round ends at least one run or is the last.
  for (let again = true; again;) {
    again = false;
    const waiting = await waitingRuns(tx);
    const applies = await gatherApplies(tx, waiting);
    const needs = await needsOf(
      tx,
      waiting.map((run) => run.id),
    );
    const needed = new Map((await runsById(tx, [...new Set([...needs.values()].flat())])).map((run) => [run.id, run]));
    for (const run of waiting) {
      const needIds = needs.get(run.id) ?? [];
      if (run.kind === "apply") {
        queued = (await settle(tx, context, run, releaseApply(run, { ...applies, needs: new Set(needIds) }))) || queued;
      } else {
        const upstreams = needIds.flatMap((id) => needed.get(id) ?? []);
        const release = releasePlan(upstreams);
        const moved =
          release.to === "queued"
            ? await queuePlan(tx, context, run, upstreams)
            : await settle(tx, context, run, release);
        queued = moved || queued;
        again ||= release.to === "canceled";
      }
    }
  }
  if (queued) await ring(tx, organizationId);
}

async function gatherApplies(tx: Tx, waiting: readonly RunRecord[]) {
  const mine = waiting.filter((run) => run.kind === "apply");
  const pullRequestIds = [...new Set(mine.flatMap((run) => run.pullRequestId ?? []))];
  const applies = await appliesAround(tx, pullRequestIds, [...new Set(mine.map((run) => run.workspace.id))]);
  const superseded = applies.filter((run) => run.status === "superseded").map((run) => run.workspace.id);
  return { applies, finished: await newestFinished(tx, [...new Set(superseded)]) };
}

/** A plan run whose upstreams are planned: its inputs are fixed now, or it waits for one that cannot be known yet. */
async function queuePlan(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  upstreams: readonly RunRecord[],
): Promise<boolean> {
  const plannedBy = new Map(upstreams.map((upstream) => [upstream.workspace.id, upstream.id]));
  const inputs = await collectInputs(tx, context, run, plannedBy);
  if (!inputs.ready) return settle(tx, context, run, { to: "waits", waitsFor: "outputs", reason: inputs.missing });
  const queuedRun = await moveRun(tx, run, "queued", {
    reason: null,
    inputs_sealed: sealInputs(context, run, inputs.values),
    inputs_digest: await inputsDigest(context, run, inputs.values),
    // A plan over the plan of a plan is no surer than that one.
    provisional: inputs.provisional || upstreams.some((upstream) => upstream.provisional),
  });
  await tellOfRun(tx, context, queuedRun);
  return true;
}

/** Makes it so; answers whether the run is queued now. */
async function settle(tx: Tx, context: RunsContext, run: RunRecord, release: Release): Promise<boolean> {
  if (release.to === "waits") {
    if (run.waitsFor === release.waitsFor && run.reason === release.reason) return false;
    await changeRun(tx, run.id, { waits_for: release.waitsFor, reason: release.reason });
    await tellOfRun(tx, context, { ...run, waitsFor: release.waitsFor, reason: release.reason });
    return false;
  }
  const moved = await moveRun(tx, run, release.to, {
    reason: release.to === "canceled" ? release.reason : null,
    ...(release.to === "canceled" ? { finished_at: context.clock.now() } : {}),
  });
  await tellOfRun(tx, context, moved);
  return release.to === "queued";
}
