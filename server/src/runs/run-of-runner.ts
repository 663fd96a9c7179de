import { problem } from "@plumbline/contract";
import type { AuditActor } from "../audit/record-audit.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { RunnerIdentity } from "../runners/runner.ts";
import { activeRunner } from "../runners/runner-queries.ts";
import type { RunRecord } from "./run.ts";
import { lockRun, moveRun, runById } from "./run-store.ts";
import type { RunsContext } from "./runs-context.ts";
import { tellOfRun } from "./tell-of-run.ts";
import { unfreezeWorkspace } from "./workspace-marks.ts";

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
 * under its newest epoch: whoever else knows the address is refused, and so is a runner that was revoked.
 */
export async function runOfRunner(tx: Tx, call: RunnerCall, access: "read" | "lock"): Promise<RunRecord> {
  const run = access === "lock" ? await lockRun(tx, call.runId) : await runById(tx, call.runId);
  if (run.runnerId !== call.runner.id || run.epoch !== call.epoch)
    throw problem(
      "lease_lost",
      `Run ${run.number} is at epoch ${run.epoch}; epoch ${call.epoch} is not yours any more.`,
    );
  if ((await activeRunner(tx, call.runner.id)) === undefined)
    throw problem("lease_lost", `Runner ${call.runner.name} was revoked.`);
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
