import type { ResponseOf } from "@plumbline/contract";
import type { listScorecards as endpoint } from "@plumbline/contract";
import { sourceRules } from "@plumbline/policy/lint/lint-rules";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import type { Actor } from "../access/actor.ts";
import { authorize, may } from "../access/authorize.ts";
import { readableWorkspaces } from "../workspaces/list-workspaces.ts";
import { findingHistory } from "./known-finding-store.ts";
import type { FindingsContext } from "./findings-context.ts";
import { scoreComponents, trendStart } from "./score-components.ts";

const categories = new Map([...catalogue, ...sourceRules].map(({ id, category }) => [id, category]));

/** How well each component is kept, by what is applied in the environments that the actor may read. */
export async function listScorecards(
  context: FindingsContext,
  actor: Actor,
  query: { repository?: string | undefined },
): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, "environment.read");
  const now = context.clock.now();
  const { workspaces, findings } = await context.db.transaction(actor.organizationId, async (tx) => ({
    workspaces: await readableWorkspaces(tx, actor, query),
    findings: await findingHistory(tx, trendStart(now), query.repository),
  }));
  const readable = findings.filter(({ environment }) => may(actor, "environment.read", environment));
  const categoryOf = (rule: string): string => categories.get(rule) ?? "policy";
  return { items: scoreComponents(workspaces, readable, categoryOf, now) };
}
