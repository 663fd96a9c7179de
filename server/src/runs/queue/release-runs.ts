import type { Tx } from "../../platform/database/pools.ts";
import { ring } from "../bell.ts";
import { collectInputsOfAll } from "../collect-inputs.ts";
import { inputsDigest, repositoriesOf, sealInputs } from "../inputs.ts";
import { appliesAround, needsOf, newestFinished, waitingRuns } from "./queue-store.ts";
import { engineGate } from "./engine-gate.ts";
import type { EngineGate } from "./engine-gate.ts";
import { applyFacts, releaseApply, releasePlan } from "./release.ts";
import type { Release } from "./release.ts";
import type { RunRecord } from "../run.ts";
import { changeRuns, lockQueue, moveRuns, runsById } from "../run-store.ts";
import type { CommonChanges } from "../run-store.ts";
import { tellOfRuns } from "../tell-of-run.ts";
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
    const waiting = await waitingRuns(tx);
    const needs = await needsOf(
      tx,
      waiting.map((run) => run.id),
    );
    const needed = new Set([...needs.values()].flat());
    const fates = [
      ...(await releaseApplies(tx, waiting, needs, engines)),
      ...(await releasePlans(tx, context, waiting, needs, engines)),
    ];
    const changed = await settle(tx, context, fates);
    queued ||= fates.some(({ release }) => release.to === "queued");
    again = changed.some((run) => run.kind !== "apply" && run.status !== "queued" && needed.has(run.id));
  }
  if (queued) await ring(tx, organizationId);
}

/** What becomes of a waiting run, and what is noted with it when it is queued. */
interface Fate {
  run: RunRecord;
  release: Release;
  changes: CommonChanges;
}

async function releaseApplies(
  tx: Tx,
  waiting: readonly RunRecord[],
  needs: ReadonlyMap<string, readonly string[]>,
  engines: EngineGate,
): Promise<Fate[]> {
  const mine = waiting.filter((run) => run.kind === "apply");
  if (mine.length === 0) return [];
  const pullRequestIds = [...new Set(mine.flatMap((run) => run.pullRequestId ?? []))];
  const applies = await appliesAround(tx, pullRequestIds, [...new Set(mine.map((run) => run.workspace.id))]);
  const superseded = applies.filter((run) => run.status === "superseded").map((run) => run.workspace.id);
  const facts = applyFacts(applies, await newestFinished(tx, [...new Set(superseded)]));
  const fates: Fate[] = [];
  for (const run of mine)
    fates.push(await withEngine(run, releaseApply(run, new Set(needs.get(run.id)), facts), engines));
  return fates;
}

/** Plan runs whose upstreams are planned: their inputs are fixed now, or they wait for one that cannot be known yet. */
async function releasePlans(
  tx: Tx,
  context: RunsContext,
  waiting: readonly RunRecord[],
  needs: ReadonlyMap<string, readonly string[]>,
  engines: EngineGate,
): Promise<Fate[]> {
  const mine = waiting.filter((run) => run.kind !== "apply");
  const neededIds = new Set(mine.flatMap((run) => needs.get(run.id) ?? []));
  const needed = new Map((await runsById(tx, [...neededIds])).map((run) => [run.id, run]));
  const upstreamsOf = (run: RunRecord) => (needs.get(run.id) ?? []).flatMap((id) => needed.get(id) ?? []);
  const fates: Fate[] = [];
  for (const run of mine) fates.push(await withEngine(run, releasePlan(upstreamsOf(run)), engines));
  const free = fates.filter(({ release }) => release.to === "queued");
  const inputs = await collectInputsOfAll(
    tx,
    context,
    free.map(({ run }) => ({
      run,
      plannedBy: new Map(upstreamsOf(run).map((upstream) => [upstream.workspace.id, upstream.id])),
    })),
  );
  for (const [at, fate] of free.entries()) {
    const given = inputs[at];
    if (given === undefined) continue;
    const { run } = fate;
    if (!given.ready) {
      fate.release = { to: "waits", waitsFor: "outputs", reason: given.missing };
      continue;
    }
    fate.changes = {
      ...fate.changes,
      inputs_sealed: sealInputs(context, run, given.values),
      input_repositories: repositoriesOf(given.values),
      inputs_digest: await inputsDigest(context, run, given.values),
      // A plan over the plan of a plan is no surer than that one.
      provisional: given.provisional || upstreamsOf(run).some((upstream) => upstream.provisional),
    };
  }
  return fates;
}

/** Only what has an engine is queued. */
async function withEngine(run: RunRecord, release: Release, engines: EngineGate): Promise<Fate> {
  if (release.to !== "queued") return { run, release, changes: {} };
  const engine = await engines(run);
  return "to" in engine ? { run, release: engine, changes: {} } : { run, release, changes: engine.changes };
}

/** Makes it so, and answers the runs for which something changed, as they are then. */
async function settle(tx: Tx, context: RunsContext, fates: readonly Fate[]): Promise<RunRecord[]> {
  const now = context.clock.now();
  const canceled = await moveRuns(
    tx,
    fates.flatMap(({ run, release }) =>
      release.to === "canceled" ? [{ run, changes: { reason: release.reason, finished_at: now } }] : [],
    ),
    "canceled",
  );
  const waiting = fates.flatMap(({ run, release }) =>
    release.to === "waits" && (run.waitsFor !== release.waitsFor || run.reason !== release.reason)
      ? [{ run, changes: { waits_for: release.waitsFor, reason: release.reason } }]
      : [],
  );
  await changeRuns(tx, waiting);
  const queued = await moveRuns(
    tx,
    fates.flatMap(({ run, release, changes }) =>
      release.to === "queued" ? [{ run, changes: { ...changes, reason: null } }] : [],
    ),
    "queued",
  );
  const changed = [
    ...canceled,
    ...waiting.map(({ run, changes }) => ({ ...run, waitsFor: changes.waits_for, reason: changes.reason })),
    ...queued,
  ];
  await tellOfRuns(tx, context, changed);
  return changed;
}
