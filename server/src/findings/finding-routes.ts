import * as contract from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { forClient } from "../access/for-client.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import type { FindingsContext } from "./findings-context.ts";
import { listKnownFindings } from "./list-known-findings.ts";
import { listWaivers } from "./list-waivers.ts";

/** All rules take a quarter of a second and 60 MB: they are loaded when somebody asks about them. */
const rules = () => import("./read-rules.ts");

/** The routes of rules, the baseline, waivers and scorecards. */
export function findingRoutes(api: Api<Actor>, context: FindingsContext): void {
  register(api, contract.listRules, async ({ actor, query }) => (await rules()).listRules(context, actor, query));
  register(api, contract.getRule, async ({ actor, params, query }) =>
    (await rules()).getRule(context, actor, { ...params, ...query }),
  );
  register(api, contract.listWaivers, async ({ actor, query }) =>
    listWaivers(context, forClient(actor, query.client), query),
  );
  register(api, contract.listKnownFindings, async ({ actor, query }) =>
    listKnownFindings(context, forClient(actor, query.client), query),
  );
  register(api, contract.listScorecards, async ({ actor, query }) =>
    (await import("./list-scorecards.ts")).listScorecards(context, forClient(actor, query.client), query),
  );
}
