import { listKnownFindings as knownFindings, listWaivers as waivers } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { FindingsContext } from "./findings-context.ts";
import { listKnownFindings } from "./list-known-findings.ts";
import { listWaivers } from "./list-waivers.ts";

/** The routes of the baseline and of waivers. */
export function findingRoutes(api: Api<Actor>, context: FindingsContext): void {
  register(api, waivers, async ({ actor, query }) => listWaivers(context, actor, query));
  register(api, knownFindings, async ({ actor, query }) => listKnownFindings(context, actor, query));
}
