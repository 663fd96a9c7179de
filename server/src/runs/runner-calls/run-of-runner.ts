import { problem } from "@plumbline/contract";
import type { AuditActor } from "../../audit/record-audit.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import type { RunnerIdentity } from "../../runners/runner.ts";
import type { RunRecord } from "../run.ts";
import { lockQueue, lockRun, moveRun, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";
import { unfreezeWorkspace } from "../workspace-marks.ts";

/** A call of a runner about a run. */
export interface RunnerCall {
  runner: RunnerIdentity;
  runId: string;
  epoch: number;
}

/** The runner in the audit log. */
export function runnerActor(runner: RunnerIdentity): AuditActor {
  return { kind: "runner", organizationId: runner.organizationId, id: runner.id, name: runner.name };
}

/**
 * The run that a runner speaks of, read or locked until the commit. Throws `lease_lost` unless this runner holds it
 * under its newest epoch, and `not_signed_in` where the runner was revoked.
 */
export async function runOfRunner(tx: Tx, call: RunnerCall, access: "read" | "lock"): Promise<RunRecord> {
  const run = access === "lock" ? await lockRun(tx, call.runId) : await runById(tx, call.runId);
  if (run.runnerId !== call.runner.id || run.epoch !== call.epoch)
    throw problem(
      "lease_lost",
      `Run ${run.number} is at epoch ${run.epoch}; epoch ${call.epoch} is not yours any more.`,
    );
  if (run.runnerRevoked) throw problem("not_signed_in", `Runner ${call.runner.name} was revoked.`);
  return run;
}

/**
 * A locked run that is still under way. A runner that comes back under the newest epoch after its run was given up as
 * unknown goes on: nobody else was let in meanwhile. Throws `lease_lost` where the run has ended.
 */
export async function runUnderWay(tx: Tx, context: RunsContext, call: RunnerCall): Promise<RunRecord> {
  const run = await runOfRunner(tx, call, "lock");
  if (run.status === "running") return run;
  if (run.status === "unknown") return resume(tx, context, run, call.runner);
  throw problem("lease_lost", `Run ${run.number} is ${run.status}.`);
}

/**
 * Does `work` in one transaction with the run of a call, locked. One that was given up as unknown is under way again
 * first: that changes which runs may go, so the queue is locked before the row, in a transaction begun anew.
 */
export async function withLockedRun<T>(
  context: RunsContext,
  call: RunnerCall,
  work: (tx: Tx, run: RunRecord) => Promise<T>,
): Promise<T> {
  const { organizationId } = call.runner;
  const done = await context.db.transaction(organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "lock");
    return run.status === "unknown" ? undefined : { answer: await work(tx, run) };
  });
  if (done !== undefined) return done.answer;
  return context.db.transaction(organizationId, async (tx) => {
    await lockQueue(tx, organizationId);
    return work(tx, await runUnderWay(tx, context, call));
  });
}

/** Throws `lease_lost` where the run has ended. */
export function requireUnderWay(run: RunRecord): void {
  if (run.status !== "running") throw problem("lease_lost", `Run ${run.number} is ${run.status}.`);
}

async function resume(tx: Tx, context: RunsContext, run: RunRecord, runner: RunnerIdentity): Promise<RunRecord> {
  const now = context.clock.now();
  const expires = new Date(now.getTime() + context.settings.leaseSeconds * 1_000);
  const running = await moveRun(tx, run, "running", { reason: null, lease_expires_at: expires, finished_at: null });
  await unfreezeWorkspace(tx, run.workspace.id, run.number);
  await tellOfRun(tx, context, running);
  await recordAudit(tx, runnerActor(runner), {
    action: "run.resumed",
    text: `runner ${runner.name} came back to run ${run.number} of ${run.workspace.name}`,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: { epoch: run.epoch },
  });
  return running;
}
