import type { Tx } from "../../platform/database/pools.ts";
import { ring } from "../bell.ts";
import { collectInputs, inputsDigest, repositoriesOf, sealInputs } from "../inputs.ts";
import { appliesAround, needsOf, newestFinished, waitingRuns } from "./queue-store.ts";
import { engineGate } from "./engine-gate.ts";
import type { EngineGate } from "./engine-gate.ts";
import { releaseApply, releasePlan } from "./release.ts";
import type { Release } from "./release.ts";
import type { RunRecord } from "../run.ts";
import { changeRun, lockQueue, moveRun, runsById } from "../run-store.ts";
import { tellOfRun } from "../tell-of-run.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * Moves every waiting run that may go to the queue, cancels those whose upstream failed, and keeps the reasons of the
 * rest up to date. Call it, in the same transaction, after everything that may free a run.
 */
export async function releaseRuns(tx: Tx, context: RunsContext, organizationId: string): Promise<void> {
  await lockQueue(tx, organizationId);
  let queued = false;
  const engines = engineGate(tx, context);
  // What changed for one plan run may change what its dependents wait for; every round settles at least one run for good
  // or is the last.
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
        const settled = await settle(
          tx,
          context,
          run,
          releaseApply(run, { ...applies, needs: new Set(needIds) }),
          engines,
        );
        queued ||= settled === "queued";
      } else {
        const upstreams = needIds.flatMap((id) => needed.get(id) ?? []);
        const release = releasePlan(upstreams);
        const settled =
          release.to === "queued"
            ? await queuePlan(tx, context, run, upstreams, engines)
            : await settle(tx, context, run, release, engines);
        queued ||= settled === "queued";
        again ||= settled === "changed";
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
  engines: EngineGate,
): Promise<Settled> {
  const engine = await engines(run);
  if ("to" in engine) return settle(tx, context, run, engine, engines);
  const plannedBy = new Map(upstreams.map((upstream) => [upstream.workspace.id, upstream.id]));
  const inputs = await collectInputs(tx, context, run, plannedBy);
  if (!inputs.ready)
    return settle(tx, context, run, { to: "waits", waitsFor: "outputs", reason: inputs.missing }, engines);
  const queuedRun = await moveRun(tx, run, "queued", {
    ...engine.changes,
    reason: null,
    inputs_sealed: sealInputs(context, run, inputs.values),
    input_repositories: repositoriesOf(inputs.values),
    inputs_digest: await inputsDigest(context, run, inputs.values),
    // A plan over the plan of a plan is no surer than that one.
    provisional: inputs.provisional || upstreams.some((upstream) => upstream.provisional),
  });
  await tellOfRun(tx, context, queuedRun);
  return "queued";
}

/** What became of a waiting run: it is queued, it was canceled or waits for something else, or nothing changed. */
type Settled = "queued" | "changed" | "same";

/** Makes it so. */
async function settle(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  release: Release,
  engines: EngineGate,
): Promise<Settled> {
  const engine = release.to === "queued" ? await engines(run) : { changes: {} };
  if ("to" in engine) return settle(tx, context, run, engine, engines);
  if (release.to === "waits") {
    if (run.waitsFor === release.waitsFor && run.reason === release.reason) return "same";
    await changeRun(tx, run.id, { waits_for: release.waitsFor, reason: release.reason });
    await tellOfRun(tx, context, { ...run, waitsFor: release.waitsFor, reason: release.reason });
    return "changed";
  }
  const moved = await moveRun(tx, run, release.to, {
    ...engine.changes,
    reason: release.to === "canceled" ? release.reason : null,
    ...(release.to === "canceled" ? { finished_at: context.clock.now() } : {}),
  });
  await tellOfRun(tx, context, moved);
  return release.to === "queued" ? "queued" : "changed";
}
