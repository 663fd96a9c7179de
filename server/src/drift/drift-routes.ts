import { checkDrift, getDriftCase, listDriftCases, revertDrift } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as check from "./check-drift.ts";
import type { DriftContext } from "./drift-context.ts";
import * as read from "./read-cases.ts";
import * as revert from "./revert-drift.ts";

/** Routes of drift. */
export function driftRoutes(api: Api<Actor>, context: DriftContext): void {
  register(api, listDriftCases, ({ actor, query }) =>
    read.listDriftCases(context, forClient(actor, query.client), query),
  );
  register(api, getDriftCase, ({ actor, params }) => read.getDriftCase(context, actor, params.number));
  register(api, checkDrift, ({ actor, params }) => check.checkDrift(context, actor, params.workspace));
  register(api, revertDrift, ({ actor, params, body }) =>
    revert.revertDrift(context, actor, params.number, body.ticket),
  );
}
