import { getOverview } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { OverviewContext } from "./overview-context.ts";
import { readOverview } from "./read-overview.ts";

/** The route of the first page. */
export function overviewRoutes(api: Api<Actor>, context: OverviewContext): void {
  register(api, getOverview, async ({ actor, query }) => readOverview(context, forClient(actor, query.client), query));
}
