import { rebasePullRequest } from "../../pull-requests/patch-sets/rebase-pull-request.ts";
import { refreshPullRequest } from "../../pull-requests/telling/refresh-pull-request.ts";
import type { forgeFixture } from "../../pull-requests/testing/forge-fixture.ts";

/** Does what background tasks do after main has moved: every open pull request is brought up to date. */
export async function handlePending({
  context,
  database,
  organizationId,
}: Awaited<ReturnType<typeof forgeFixture>>): Promise<void> {
  const open = await database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where status = 'open' order by number",
    [],
  );
  for (const { id } of open) {
    await rebasePullRequest(context, organizationId, id);
    await refreshPullRequest(context, organizationId, id);
  }
}
