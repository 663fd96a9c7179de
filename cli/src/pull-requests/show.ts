import { getPullRequest, listPullRequestPlans } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { planLines } from "../runs/plan-lines.ts";
import { pullRequestLines } from "./pull-request-lines.ts";

export interface ShowOptions {
  workspace?: string;
  plans?: boolean;
}

/** `plumb prs show`; as JSON it is the pull request as the API says it, plans have a command of their own. */
export async function showPr(context: Context, number: number, options: ShowOptions): Promise<void> {
  const client = await context.client();
  const params = { number };
  const wanted = !context.json && options.plans !== false;
  const [shown, plans] = await Promise.all([
    client.call(getPullRequest, { params }),
    wanted ? client.call(listPullRequestPlans, { params, query: { workspace: options.workspace } }) : { items: [] },
  ]);
  if (context.json) context.print(shown, () => []);
  else
    context.print({ shown, plans: plans.items }, (data, look) => [
      ...pullRequestLines(data.shown, look),
      ...data.plans.flatMap((plan) => planLines(plan, look)),
    ]);
}
