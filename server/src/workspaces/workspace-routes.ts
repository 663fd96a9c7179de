import { confirmStopped, getParity, getWorkspace, listWorkspaces, listWorkspaceValues } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import { confirmStopped as confirm } from "../runs/leases/confirm-stopped.ts";
import * as get from "./get-workspace.ts";
import { listValues } from "./list-values.ts";
import * as list from "./list-workspaces.ts";
import { readParity } from "./read-parity.ts";
import type { WorkspacesContext } from "./workspaces-context.ts";

/** Routes of workspaces. */
export function workspaceRoutes(api: Api<Actor>, context: WorkspacesContext): void {
  register(api, listWorkspaces, ({ actor, query }) =>
    list.listWorkspaces(context, forClient(actor, query.client), query),
  );
  register(api, getWorkspace, ({ actor, params }) => get.getWorkspace(context, actor, params.workspace));
  register(api, listWorkspaceValues, ({ actor, params }) => listValues(context, actor, params.workspace));
  register(api, getParity, ({ actor, query }) => readParity(context, forClient(actor, query.client), query));
  register(api, confirmStopped, async ({ actor, params, body }) => {
    await confirm(context.runs, actor, params.workspace, body.statement);
    return get.getWorkspace(context, actor, params.workspace);
  });
}
