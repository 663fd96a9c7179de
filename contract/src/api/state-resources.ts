import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Instant, WorkspaceParam } from "./common.ts";
import { StateVersion } from "./workspaces.ts";

/** A resource instance that a state holds, without any value. */
export const StateResource = z
  .object({
    address: z.string(),
    /** The same without the keys of `count` and `for_each`: what the code calls it. */
    resource: z.string(),
    /** `module.backup`; empty for the root module. */
    module: z.string(),
    mode: z.enum(["managed", "data"]),
    type: z.string(),
    /** Resources (as the code calls them) of this state that it was made from. */
    dependsOn: z.array(z.string()),
  })
  .meta({ id: "StateResource" });
export type StateResource = z.infer<typeof StateResource>;

export const listStateResources = endpoint({
  id: "listStateResources",
  method: "GET",
  path: "/api/v1/workspaces/:workspace/state-resources",
  auth: "person",
  tag: "states",
  summary: "Which resources a state held: the newest version, ?version=N, or as it was at an instant; no values",
  params: WorkspaceParam,
  query: z.object({ version: z.coerce.number().int().positive().optional(), at: Instant.optional() }),
  response: z.object({
    /** Null where there was no state then. */
    version: StateVersion.nullable(),
    /** When the next version replaced it; null while it is the newest. */
    until: Instant.nullable(),
    resources: z.array(StateResource),
    outputs: z.array(z.object({ name: z.string(), sensitive: z.boolean() })),
  }),
});
