import { problem } from "@plumbline/contract";
import type { listStateResources as endpoint, ResponseOf } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { presentStateVersion, stateBytes } from "./read-state.ts";
import { stateInventory } from "./state-resources.ts";
import { replacedAt, stateVersion, stateVersionAt } from "./state-store.ts";
import type { StatesContext } from "./states-context.ts";
import { workspaceByName } from "./workspace-ref.ts";

/**
 * Which resources a workspace's state held: of a version, as it was at an instant, or of the newest. Addresses only,
 * so whoever may read the environment may see them. Throws `not_found` where there is no such version.
 */
export async function listStateResources(
  context: StatesContext,
  actor: Actor,
  name: string,
  when: { version?: number | undefined; at?: string | undefined },
): Promise<ResponseOf<typeof endpoint>> {
  if (when.version !== undefined && when.at !== undefined)
    throw problem("invalid_request", "Give a version or an instant, not both.");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspace = await workspaceByName(tx, actor, name);
    authorize(actor, "environment.read", workspace.environment);
    const found =
      when.at === undefined
        ? await stateVersion(tx, workspace.id, when.version)
        : await stateVersionAt(tx, workspace.id, new Date(when.at));
    if (found === undefined && when.version !== undefined)
      throw problem("not_found", `${workspace.name} has no state version ${when.version}.`);
    const state = found && (await stateBytes(tx, context, actor.organizationId, workspace.id, found.version));
    if (found === undefined || state === undefined) return { version: null, until: null, resources: [], outputs: [] };
    const until = await replacedAt(tx, workspace.id, found.version);
    return {
      version: presentStateVersion(found),
      until: until?.toISOString() ?? null,
      ...stateInventory(state.bytes),
    };
  });
}
