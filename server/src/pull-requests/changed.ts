import { announce } from "../platform/live.ts";
import type { Tx } from "../platform/database/pools.ts";
import { addTask } from "../platform/tasks/index.ts";
import { rebaseTask, refreshTask, takeOverTask } from "./pull-request-tasks.ts";
import { openPullRequests } from "./pull-request-store.ts";

/** Shows a pull request anew: pages at once, comments and people a moment later. Call it before the audit entry. */
export async function changed(
  tx: Tx,
  pullRequest: { organizationId: string; id: string; number: number },
  more: readonly string[] = [],
): Promise<void> {
  const { organizationId, id, number } = pullRequest;
  await addTask(tx, refreshTask, { organizationId, pullRequestId: id }, { jobKey: `refresh:${id}` });
  await announce(tx, organizationId, [`pull-request:${number}`, "overview", ...more]);
}

/** Has one pull request planned against main as it is now. */
export async function rebaseLater(
  tx: Tx,
  pullRequest: { organizationId: string; id: string; repositoryId: string },
): Promise<void> {
  await addTask(
    tx,
    rebaseTask,
    { organizationId: pullRequest.organizationId, pullRequestId: pullRequest.id },
    { jobKey: `rebase:${pullRequest.id}`, queue: `repository:${pullRequest.repositoryId}` },
  );
}

/** Has every other open pull request of a repository planned against the main that has just moved. */
export async function rebaseOthersLater(tx: Tx, repositoryId: string, except: string): Promise<void> {
  for (const open of await openPullRequests(tx, repositoryId)) {
    if (open.id !== except) await rebaseLater(tx, open);
  }
}

/** Has those who depend on outputs of this environment look whether they are still the ones they were applied with. */
export async function takeOverLater(
  tx: Tx,
  workspace: { organizationId: string; repositoryId: string; environment: string },
): Promise<void> {
  const { organizationId, repositoryId, environment } = workspace;
  await addTask(
    tx,
    takeOverTask,
    { organizationId, repositoryId, environment },
    { jobKey: `take-over:${repositoryId}:${environment}`, queue: `repository:${repositoryId}` },
  );
}
