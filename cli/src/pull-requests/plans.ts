import { listPullRequestPlans } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { planLines } from "../runs/plan-lines.ts";
import type { ShowOptions } from "./show.ts";

/** `plumb prs plans` */
export async function showPlans(context: Context, number: number, { workspace }: ShowOptions): Promise<void> {
  const client = await context.client();
  const plans = await client.call(listPullRequestPlans, {
    params: { number },
    query: { workspace },
  });
  context.print(plans, ({ items }, look) =>
    items.length === 0 ? ["No plans yet."] : items.flatMap((plan) => planLines(plan, look)),
  );
}
