import { createRunner, listRunners, revokeRunner } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as create from "./create-runner.ts";
import * as list from "./list-runners.ts";
import * as revoke from "./revoke-runner.ts";
import type { RunnersContext } from "./runners-context.ts";

/** Routes of runners for people. */
export function runnerRoutes(api: Api<Actor>, context: RunnersContext): void {
  register(api, listRunners, ({ actor }) => list.listRunners(context, actor));
  register(api, createRunner, ({ actor, body }) => create.createRunner(context, actor, body));
  register(api, revokeRunner, ({ actor, params }) => revoke.revokeRunner(context, actor, params.name));
}
