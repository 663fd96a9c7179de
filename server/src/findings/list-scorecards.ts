import { problem } from "@plumbline/contract";
import type { ResponseOf } from "@plumbline/contract";
import type { listScorecards as endpoint } from "@plumbline/contract";
import { sourceRules } from "@plumbline/policy/lint/lint-rules";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { componentSizes, findingHistory } from "./known-finding-store.ts";
import { readableEnvironments } from "./readable-environments.ts";
import type { FindingsContext } from "./findings-context.ts";
import { scoreComponents, sumOfProblems, trendMoments } from "./score-components.ts";

const categories = new Map([...catalogue, ...sourceRules].map(({ id, category }) => [id, category]));

/**
 * How well each component is kept, by what is applied in the environments that the actor may read, worst first. Throws
 * `invalid_request` for a cursor of something else.
 */
export async function listScorecards(
  context: Pick<FindingsContext, "db" | "clock">,
  actor: Actor,
  query: { repository?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<ResponseOf<typeof endpoint>> {
  authorize(actor, "environment.read");
  const from = Number(query.cursor ?? 0);
  if (!Number.isInteger(from) || from < 0) throw problem("invalid_request", "The cursor is not one of this list.");
  const moments = trendMoments(context.clock.now());
  const { components, findings } = await context.db.transaction(actor.organizationId, async (tx) => {
    const where = { repository: query.repository, environments: await readableEnvironments(tx, actor) };
    return {
      components: await componentSizes(tx, where),
      findings: await findingHistory(tx, moments, where),
    };
  });
  const categoryOf = (rule: string): string => categories.get(rule) ?? "policy";
  // Which are the worst is known only of all.
  const cards = scoreComponents(components, findings, categoryOf, moments);
  const until = from + query.limit;
  return {
    items: cards.slice(from, until),
    cursor: cards.length > until ? String(until) : null,
    total: cards.length,
    problems: sumOfProblems(cards),
  };
}
