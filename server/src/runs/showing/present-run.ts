import type { Run, RunSummary } from "@plumbline/contract";
import { runCan } from "@plumbline/contract";
import { planText } from "@plumbline/engine/plans/plan-text";
import { isSameSeries } from "@plumbline/engine/terraform/version-constraint";
import type { Actor } from "../../access/actor.ts";
import { canDo } from "../../access/authorize.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { mayCancel } from "../cancel-run.ts";
import { engineOf } from "../engine-of-run.ts";
import { writerOfState } from "../../states/state-writer.ts";
import { phasesOf } from "../event-store.ts";
import { operationsOf } from "../operation-store.ts";
import { openInputs, originsOf } from "../inputs.ts";
import { inputsSealedOf, planDetailsOf } from "../plan-queries.ts";
import { mayRetry } from "../starting/retry-run.ts";
import { resourcesToDo } from "../run.ts";
import type { RunRecord } from "../run.ts";
import { prunedOf } from "./pruned.ts";
import { runSentence } from "./sentence.ts";
import type { RunsContext } from "../runs-context.ts";

/** A run in a list. */
export function summarizeRun(run: RunRecord): RunSummary {
  return {
    number: run.number,
    kind: run.kind,
    status: run.status,
    phase: run.phase,
    reason: runSentence(run).reason,
    workspace: run.workspace.name,
    repository: run.workspace.repository,
    environment: run.workspace.environment,
    component: run.workspace.component,
    pullRequest: run.pullRequest,
    attempt: run.attempt,
    provisional: run.provisional,
    destroy: run.destroy,
    counts: run.counts ?? run.planned?.counts ?? null,
    blocking: run.blocking,
    digest: run.digest ?? run.planned?.digest ?? null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

/** How far an apply is; null for everything else. */
export function progressOf(run: RunRecord): { done: number; total: number } | null {
  const counts = run.planEpoch === run.epoch ? run.counts : (run.planned?.counts ?? run.counts);
  if (run.kind !== "apply" || counts === null) return null;
  const total = resourcesToDo(counts);
  return { done: run.status === "finished" ? total : Math.min(run.progressDone, total), total };
}

/** A run with everything its page shows. An apply of saved bytes shows the plan it applies. */
export async function presentRun(tx: Tx, context: RunsContext, actor: Actor, run: RunRecord): Promise<Run> {
  const details = await planDetailsOf(tx, run.digest === null && run.planned !== null ? run.planned.runId : run.id);
  const differs = run.status === "held" && run.planned !== null && run.planned.digest !== run.digest;
  return {
    ...summarizeRun(run),
    phases: await phasesOf(tx, run.id),
    next: runSentence(run).next,
    codeCommit: run.codeCommit,
    valuesCommit: run.valuesCommit,
    engine: await presentEngine(tx, context, run),
    inputs: originsOf(openInputs(context, run, await inputsSealedOf(tx, run.id))),
    runner: run.runner,
    stateVersionBefore: run.stateVersionBefore,
    stateVersionAfter: run.stateVersionAfter,
    plan: details.view,
    planText: details.view === null ? null : planText(details.view),
    findings: details.findings,
    judgementFailures: details.failures,
    overridden: details.overridden,
    progress: progressOf(run),
    operations: run.kind === "apply" ? await operationsOf(tx, run.id, run.epoch) : [],
    error: run.error,
    ...prunedOf(run),
    approvedRun: differs ? (run.planned?.run ?? null) : null,
    can: {
      cancel: canIn(run, "cancel", mayCancel(actor, run), actor),
      retry:
        run.kind === "apply"
          ? canIn(run, "retry", mayRetry(actor, run), actor)
          : { allowed: false, reason: "Only applies are tried again." },
      approve: approvable(run, actor),
    },
  };
}

function canIn(run: RunRecord, action: "cancel" | "retry", may: boolean, actor: Actor): Run["can"]["cancel"] {
  if (!runCan(action, run.status)) return { allowed: false, reason: `It is ${run.status}.` };
  return may ? { allowed: true, reason: null } : canDo(actor, "environment.operate", run.workspace.environment);
}

/** Whether the run's plan waits for an approval at all; who counts is decided on the pull request. */
function approvable(run: RunRecord, actor: Actor): Run["can"]["approve"] {
  if (!runCan("approve", run.status)) return { allowed: false, reason: `It is ${run.status}.` };
  if (run.blocking > 0) return { allowed: false, reason: "Its plan has blocking findings: revert, or fix forward." };
  return canDo(actor, "environment.approve", run.workspace.environment);
}

async function presentEngine(tx: Tx, context: RunsContext, run: RunRecord): Promise<Run["engine"]> {
  const engine = run.engine ?? (await declaredEngine(context, run));
  const version = run.engineVersion;
  const writer = await writerOfState(tx, { id: run.workspace.id, stateVersion: run.stateVersionBefore });
  const isOther =
    writer !== undefined &&
    version !== null &&
    ((writer.name ?? engine.name) !== engine.name || !isSameSeries(writer.version, version));
  return { ...engine, version, stateWrittenBy: isOther ? `${writer.name ?? engine.name} ${writer.version}` : null };
}

async function declaredEngine(context: RunsContext, run: RunRecord): Promise<{ name: string; constraint: string }> {
  const engine = await engineOf(context, run);
  return { name: engine?.name ?? "terraform", constraint: engine?.version ?? "" };
}
