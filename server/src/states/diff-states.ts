import type { diffStates as endpoint, ResponseOf } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { stateBytes } from "./read-state.ts";
import { diffStateFiles } from "./state-diff.ts";
import type { StatesContext } from "./states-context.ts";
import { workspaceByName } from "./workspace-ref.ts";

/** What differs between two versions of a workspace's state; version 0 stands for no state. An audited read. */
export async function diffStates(
  context: StatesContext,
  actor: Actor,
  name: string,
  versions: { from: number; to: number },
): Promise<ResponseOf<typeof endpoint>> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspace = await workspaceByName(tx, actor, name);
    authorize(actor, "state.read", workspace.environment);
    const read = async (version: number) => {
      if (version === 0) return undefined;
      const state = await stateBytes(tx, context, actor.organizationId, workspace.id, version);
      if (state === undefined) throw problem("not_found", `${name} has no state version ${version}.`);
      return state.bytes;
    };
    const resources = diffStateFiles(await read(versions.from), await read(versions.to));
    await recordAudit(tx, actor, {
      action: "state.compared",
      text: `${actor.name} compared versions ${versions.from} and ${versions.to} of the state of ${workspace.name}`,
      workspace: workspace.name,
      environment: workspace.environment,
      details: versions,
    });
    return { ...versions, resources };
  });
}
