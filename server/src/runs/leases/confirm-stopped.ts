import { problem } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { endLease } from "../../states/lease.ts";
import { workspaceByName } from "../../states/workspace-ref.ts";
import { releaseRuns } from "../queue/release-runs.ts";
import { rescueLeftState } from "../runner-calls/rescue-state.ts";
import { newAttempt } from "../starting/retry-run.ts";
import { findRuns, lockQueue, lockRun, moveRun, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { tellOfRun } from "../tell-of-run.ts";
import { unfreezeWorkspace } from "../workspace-marks.ts";

/**
 * Somebody who may operate the environment says that nothing of a lost run is still running. Its lease ends, so that
 * it can never write again; a state it left behind is stored where it is a valid successor; the workspace thaws; and
 * the run is put in place again, to be planned anew and held for approval unless nothing is left to do. `statement` is kept.
 *
 * Throws `wrong_status` where the workspace is not frozen.
 */
export async function confirmStopped(
  context: RunsContext,
  actor: Actor,
  name: string,
  statement: string,
): Promise<void> {
  authorize(actor, "environment.operate");
  await context.db.transaction(actor.organizationId, async (tx) => {
    await lockQueue(tx, actor.organizationId);
    const workspace = await workspaceByName(tx, actor, name);
    authorize(actor, "environment.operate", workspace.environment);
    if (workspace.frozenReason === null) throw problem("wrong_status", `${workspace.name} is not frozen.`);
    const [unknown] = await findRuns(tx, { workspaceId: workspace.id, kind: "apply", status: ["unknown"], limit: 1 });
    const now = context.clock.now();
    let notStored: string | undefined;
    if (unknown !== undefined) {
      const run = await lockRun(tx, unknown.id);
      await endLease(tx, workspace.id, run.epoch, actor.name, now);
      const rescuer = {
        id: run.runnerId ?? run.id,
        name: run.runner ?? "lost",
        organizationId: run.organizationId,
        organization: actor.organization,
      };
      notStored = await rescueLeftState(tx, context, { runner: rescuer }, run);
      const failed = await moveRun(tx, await runById(tx, run.id), "failed", {
        state_version_after: (await runById(tx, run.id)).workspace.stateVersion,
        lease_expires_at: null,
      });
      await unfreezeWorkspace(tx, workspace.id);
      await tellOfRun(tx, context, await newAttempt(tx, failed, { hold_required: true }));
    } else {
      await unfreezeWorkspace(tx, workspace.id);
    }
    await releaseRuns(tx, context, actor.organizationId);
    await recordAudit(tx, actor, {
      action: "workspace.confirmed_stopped",
      text: `${actor.name} confirmed that nothing of ${unknown === undefined ? "a failed run" : `run ${unknown.number}`} still runs in ${workspace.name}`,
      workspace: workspace.name,
      environment: workspace.environment,
      ...(unknown === undefined ? {} : { run: unknown.number }),
      ...(typeof unknown?.pullRequest === "number" ? { pullRequest: unknown.pullRequest } : {}),
      details: {
        statement,
        frozenReason: workspace.frozenReason,
        ...(unknown === undefined ? {} : { epoch: unknown.epoch }),
        ...(notStored === undefined ? {} : { stateNotStored: notStored }),
      },
    });
  });
}
