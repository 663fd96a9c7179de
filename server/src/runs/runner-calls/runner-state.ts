import { problem } from "@plumbline/contract";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { lockState, unlockState } from "../../states/lease.ts";
import { proposedBytes, proposedVersion } from "../../states/proposed-state.ts";
import { stateBytes } from "../../states/read-state.ts";
import type { StateBytes } from "../../states/read-state.ts";
import { prepareState, writeState } from "../../states/write-state.ts";
import type { StateWriter } from "../../states/write-state.ts";
import { isRoutine } from "./routine.ts";
import type { RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { requireUnderWay, runnerActor, runOfRunner, withLockedRun } from "./run-of-runner.ts";
import { changeRun } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * The state as a run may see it: a run that only reads gets the version that was the newest when it began, the holder
 * of the lease the newest. Undefined where there is none.
 */
export async function readRunState(context: RunsContext, call: RunnerCall): Promise<StateBytes | undefined> {
  return context.db.transaction(call.runner.organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "read");
    requireReadable(run);
    if (run.stateVersionBefore === proposedVersion) return readProposedState(tx, context, call, run);
    const reads = run.kind !== "apply";
    if (reads && run.stateVersionBefore === null) return undefined;
    const version = reads ? (run.stateVersionBefore ?? undefined) : undefined;
    const state = await stateBytes(tx, context.states, run.organizationId, run.workspace.id, version);
    if (state === undefined || state.version === run.stateVersionRead) return state;
    await changeRun(tx, run.id, { state_version_read: state.version });
    if (!(await isRoutine(tx, run)))
      await recordAudit(tx, runnerActor(call.runner), {
        action: "state.read",
        text: `run ${run.number} read version ${state.version} of the state of ${run.workspace.name}`,
        workspace: run.workspace.name,
        environment: run.workspace.environment,
        run: run.number,
        ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
        details: { version: state.version },
      });
    return state;
  });
}

/** What a pull request proposes for the run's workspace, which has no version of its own. */
async function readProposedState(tx: Tx, context: RunsContext, call: RunnerCall, run: RunRecord): Promise<StateBytes> {
  const state = await proposedBytes(tx, context.states, run.organizationId, run.workspace.id);
  if (state === undefined)
    throw problem("wrong_status", `The state that was proposed for ${run.workspace.name} is not there any more.`);
  if (run.stateVersionRead === proposedVersion) return state;
  await changeRun(tx, run.id, { state_version_read: proposedVersion });
  await recordAudit(tx, runnerActor(call.runner), {
    action: "state.read",
    text: `run ${run.number} read the state that is proposed for ${run.workspace.name}`,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: { version: proposedVersion },
  });
  return state;
}

/** The engine's POST: stores a new version for whoever holds the lease. */
export async function writeRunState(
  context: RunsContext,
  call: RunnerCall,
  body: Buffer,
  headers: { md5: string | undefined; lockId: string | undefined },
): Promise<number> {
  const state = await prepareState(context.states, call.runner.organizationId, body, headers.md5);
  return withLockedRun(context, call, (tx, run) => {
    requireWriter(run);
    return writeState(tx, context.states, writerOf(call, run), state, headers.lockId);
  });
}

/** The engine's LOCK and UNLOCK. */
export async function lockRunState(
  context: RunsContext,
  call: RunnerCall,
  body: Buffer,
  to: "lock" | "unlock",
): Promise<void> {
  await withLockedRun(context, call, async (tx, run) => {
    requireWriter(run);
    const lease = { workspaceId: run.workspace.id, runId: run.id, epoch: run.epoch };
    await (to === "lock" ? lockState(tx, lease, body) : unlockState(tx, lease, body));
  });
}

/** Who writes a run's state, for the audit log. */
export function writerOf(call: RunnerCall, run: RunRecord): StateWriter {
  return {
    actor: runnerActor(call.runner),
    workspace: run.workspace,
    runId: run.id,
    run: run.number,
    pullRequest: run.pullRequest,
    epoch: run.epoch,
  };
}

function requireWriter(run: RunRecord): void {
  if (run.kind !== "apply") throw problem("not_allowed", `Run ${run.number} only reads the state.`);
  requireUnderWay(run);
}

function requireReadable(run: RunRecord): void {
  if (run.status !== "running" && run.status !== "unknown")
    throw problem("lease_lost", `Run ${run.number} is ${run.status}.`);
}
