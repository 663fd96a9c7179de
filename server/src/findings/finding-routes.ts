import {
  listKnownFindings as knownFindings,
  listScorecards as scorecards,
  listWaivers as waivers,
} from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { FindingsContext } from "./findings-context.ts";
import { listKnownFindings } from "./list-known-findings.ts";
import { listScorecards } from "./list-scorecards.ts";
import { listWaivers } from "./list-waivers.ts";

/** The routes of the baseline, of waivers and of scorecards. */
export function findingRoutes(api: Api<Actor>, context: FindingsContext): void {
  register(api, waivers, async ({ actor, query }) => listWaivers(context, actor, query));
  register(api, scorecards, async ({ actor, query }) => listScorecards(context, actor, query));
  register(api, knownFindings, async ({ actor, query }) => listKnownFindings(context, actor, query));
}
