import { problem } from "@plumbline/contract";
import type { ResponseOf, listWorkspaceValues as endpoint } from "@plumbline/contract";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { workspaceByName } from "../states/workspace-ref.ts";
import { openValues } from "./read-values.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/**
 * Each variable of a workspace with its value and where that comes from, as main says now. Sealed values are not
 * opened. Throws `not_found`, `not_allowed`, and `configuration_wrong` where main cannot be read.
 */
export async function listValues(
  context: WorkspacesContext,
  actor: Actor,
  name: string,
): Promise<ResponseOf<typeof endpoint>> {
  const { organizationId } = actor;
  const { workspace, times } = await context.db.transaction(organizationId, async (tx) => {
    const found = await workspaceByName(tx, actor, name);
    authorize(actor, "environment.read", found.environment);
    return { workspace: found, times: await context.variableTimes(tx, found.repositoryId, found.environment) };
  });
  const reader = await openValues(context.code, organizationId, workspace.repositoryId);
  if (reader === undefined)
    throw problem("configuration_wrong", `Main of ${workspace.repository} is empty, or its configuration is wrong.`);
  const environment = findEnvironment(reader.configuration, workspace.environment);
  if (environment === undefined) return { workspace: workspace.name, codeCommit: null, problems: [], items: [] };
  const { codeCommit, items, problems } = await reader.read(environment, workspace.component, times);
  return { workspace: workspace.name, codeCommit, problems, items };
}
