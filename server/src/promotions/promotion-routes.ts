import { promote as promoteEndpoint } from "@plumbline/contract/api/promotions";
import { listMainCommits as listMainCommitsEndpoint } from "@plumbline/contract/api/repositories";
import type { Actor } from "../access/actor.ts";
import type { Api } from "../platform/http/register.ts";
import { register } from "../platform/http/register.ts";
import type { PullRequestsContext } from "../pull-requests/pull-requests-context.ts";
import { listMainCommits } from "./list-main-commits.ts";
import { promote } from "./promote.ts";

/** Adds the routes of promotions. */
export function promotionRoutes(api: Api<Actor>, context: PullRequestsContext): void {
  register(api, promoteEndpoint, ({ actor, body }) => promote(context, actor, body));
  register(api, listMainCommitsEndpoint, async ({ actor, params }) => ({
    items: await listMainCommits(context, actor, params.repository),
  }));
}
