import { diffStates, downloadState, listStateResources, listStateVersions, problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as diff from "./diff-states.ts";
import * as resources from "./list-state-resources.ts";
import * as read from "./read-state.ts";
import type { StatesContext } from "./states-context.ts";

/** Routes of states for people. An engine on a laptop may read at the same address and is told that it may not write. */
export function stateRoutes(api: Api<Actor>, context: StatesContext): void {
  register(api, listStateVersions, ({ actor, params, query }) =>
    read.listStateVersions(context, actor, params.workspace, query),
  );
  register(api, downloadState, async ({ actor, params, query, reply }) => {
    const state = await read.downloadState(context, actor, params.workspace, query.version);
    reply
      .header("content-type", "application/json")
      .header("content-md5", state.md5)
      .header("cache-control", "no-store")
      .send(state.bytes);
  });
  register(api, listStateResources, ({ actor, params, query }) =>
    resources.listStateResources(context, actor, params.workspace, query),
  );
  register(api, diffStates, ({ actor, params, query }) => diff.diffStates(context, actor, params.workspace, query));
  api.app.route({
    method: ["POST", "PUT", "DELETE", "LOCK", "UNLOCK"],
    url: downloadState.path,
    schema: { hide: true },
    handler: async () => {
      throw problem(
        "not_allowed",
        "A state is written by the runs of merged pull requests only; here it can be read.",
        {
          next: "Give the engine no lock address (-lock=false) for reading; to change something, open a pull request.",
        },
      );
    },
  });
}
