import type { RunSummary } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { summarizeRun } from "../runs/showing/present-run.ts";
import { startDriftRun } from "../runs/starting/start-drift-run.ts";
import { workspaceByName } from "../states/workspace-ref.ts";
import { mayCheckDrift } from "../workspaces/workspace-rights.ts";
import type { DriftContext } from "./drift-context.ts";

/** Looks at a workspace now. A check that is under way is answered instead. Throws `wrong_status` while it is applied. */
export async function checkDrift(context: DriftContext, actor: Actor, name: string): Promise<RunSummary> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspace = await workspaceByName(tx, actor, name);
    if (!mayCheckDrift(actor, workspace.environment)) authorize(actor, "environment.operate", workspace.environment);
    const run = await startDriftRun(tx, context.runs, actor.organizationId, workspace.id);
    if (run === undefined)
      throw problem("wrong_status", `${workspace.name} is being applied; it is checked after that by itself.`);
    await recordAudit(tx, actor, {
      action: "drift_check.asked",
      text: `${actor.name} had ${workspace.name} checked for drift`,
      workspace: workspace.name,
      environment: workspace.environment,
      run: run.number,
      details: {},
    });
    return summarizeRun(run);
  });
}
