import { acceptTool, listTools, withdrawTool } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as accept from "./accept-tool.ts";
import * as list from "./list-tools.ts";
import type { RunnersContext } from "./runners-context.ts";
import * as withdraw from "./withdraw-tool.ts";

/** Routes of the tool lock. */
export function toolRoutes(api: Api<Actor>, context: RunnersContext): void {
  register(api, listTools, ({ actor }) => list.listTools(context, actor));
  register(api, acceptTool, ({ actor, body }) => accept.acceptTool(context, actor, body));
  register(api, withdrawTool, ({ actor, params }) => withdraw.withdrawTool(context, actor, params.hash));
}
