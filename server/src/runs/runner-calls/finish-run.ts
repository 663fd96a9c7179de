import type { FinishReport, RunStatus } from "@plumbline/contract";
import { hasEnded, problem } from "@plumbline/contract";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { endLease } from "../../states/lease.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import { rescueLeftState } from "./rescue-state.ts";
import { countsText } from "../run.ts";
import type { RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { runnerActor, runOfRunner, runUnderWay } from "./run-of-runner.ts";
import { lockQueue, moveRun, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";
import { freezeWorkspace, markApplied } from "../workspace-marks.ts";

/**
 * Ends a run as its runner reports: its lease ends, a state that was left behind is stored, and what waited for it may
 * go. The same report again does nothing.
 */
export async function finishRun(context: RunsContext, call: RunnerCall, report: FinishReport): Promise<void> {
  await context.db.transaction(call.runner.organizationId, async (tx) => {
    await lockQueue(tx, call.runner.organizationId);
    const seen = await runOfRunner(tx, call, "lock");
    if ((hasEnded(seen.status) && seen.status !== "unknown") || seen.status === "held") return;
    const run = seen.status === "running" ? seen : await runUnderWay(tx, context, call);
    requirePossible(run, report);
    const now = context.clock.now();
    if (run.kind === "apply") await endLease(tx, run.workspace.id, run.epoch, report.outcome, now);
    const refused = run.kind === "apply" ? await rescueLeftState(tx, context, call, run) : undefined;
    // the workspace may have a new state version
    const fresh = run.kind === "apply" ? await runById(tx, run.id) : run;
    const status: RunStatus = refused !== undefined && report.outcome !== "held" ? "failed" : report.outcome;
    const ended = await moveRun(tx, fresh, status, {
      reason: reasonOf(fresh, report, refused),
      error: report.error === null ? null : JSON.stringify(report.error),
      lease_expires_at: null,
      ...(status === "held" ? { held_at: now } : { finished_at: now }),
      ...(run.kind === "apply" ? { state_version_after: fresh.workspace.stateVersion } : {}),
    });
    if (status === "finished" && run.kind === "apply") await markApplied(tx, ended, now);
    if (refused !== undefined) await freezeWorkspace(tx, ended, refused, now);
    await tellOfRun(tx, context, ended);
    await releaseRuns(tx, context, run.organizationId);
    if (run.kind !== "drift") await auditEnd(tx, call, ended);
  });
}

/** A runner cannot end a run in a way that its plan does not bear out. */
function requirePossible(run: RunRecord, report: FinishReport): void {
  const wrong = (why: string) => problem("wrong_status", `Run ${run.number} cannot end as ${report.outcome}: ${why}`);
  if (report.outcome === "held" && (run.kind !== "apply" || run.decision !== "hold"))
    throw wrong("it was not told to hold.");
  if (report.outcome !== "finished") return;
  if (run.kind === "apply" && run.decision !== "apply") throw wrong("it was not told to apply.");
  if (run.kind !== "apply" && run.planEpoch !== run.epoch) throw wrong("it reported no plan.");
}

function reasonOf(run: RunRecord, report: FinishReport, refused: string | undefined): string | null {
  if (refused !== undefined) return refused;
  if (report.outcome === "held") return heldReason(run);
  if (report.outcome === "canceled") return run.reason ?? "It was stopped.";
  if (report.outcome === "failed") return report.error?.detail ?? "It failed without saying why.";
  return null;
}

/** Why a plan is held, in one sentence. */
function heldReason(run: RunRecord): string {
  const plan = countsText(run.counts);
  if (run.blocking > 0) {
    const judged = run.planned !== null && run.planned.policiesDigest !== run.policiesDigest;
    const why = judged ? " by policies that came to main after it was approved" : "";
    return `Its new plan (${plan}) has ${run.blocking} blocking ${run.blocking === 1 ? "finding" : "findings"}${why}.`;
  }
  if (run.holdRequired) return `It was planned anew after an unknown end: ${plan}.`;
  if (run.planned === null) return `It could be planned only now: ${plan}; nobody has approved that yet.`;
  if (run.planned.provisional)
    return `Its plan before the merge was provisional; with the real outputs it is: ${plan}.`;
  return `Its plan (${plan}) differs from the approved one (${countsText(run.planned.counts)}).`;
}

async function auditEnd(tx: Tx, call: RunnerCall, run: RunRecord): Promise<void> {
  const { workspace } = run;
  const versions = { stateVersionBefore: run.stateVersionBefore, stateVersionAfter: run.stateVersionAfter };
  const said = {
    finished: "applied",
    failed: "failed to apply",
    canceled: "stopped applying",
    held: "holds the plan of",
  } as const;
  const verb = run.kind === "apply" && run.status in said ? said[run.status as keyof typeof said] : run.status;
  await recordAudit(tx, runnerActor(call.runner), {
    action: `run.${run.kind === "apply" && run.status === "finished" ? "applied" : run.status}`,
    text:
      run.kind === "apply"
        ? `run ${run.number} ${verb} ${workspace.name}`
        : `run ${run.number} of ${workspace.name} ${verb}`,
    workspace: workspace.name,
    environment: workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: {
      kind: run.kind,
      epoch: run.epoch,
      ...(run.kind === "apply"
        ? { ...versions, digest: run.planEpoch === run.epoch ? run.digest : run.planned?.digest }
        : { digest: run.digest }),
      ...(run.error === null ? {} : { error: run.error.code }),
    },
  });
}
