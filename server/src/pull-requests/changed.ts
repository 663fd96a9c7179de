import type { Clock } from "../platform/clock.ts";
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

/** Milliseconds in which merges are gathered before the pull requests beside them are planned against the new main. */
const gathered = 3_000;

/** Has one pull request planned against main as it is now, or as it will be a moment later. */
export async function rebaseLater(
  tx: Tx,
  pullRequest: { organizationId: string; id: string; repositoryId: string },
  runAt?: Date,
): Promise<void> {
  await addTask(
    tx,
    rebaseTask,
    { organizationId: pullRequest.organizationId, pullRequestId: pullRequest.id },
    {
      jobKey: `rebase:${pullRequest.id}`,
      queue: `repository:${pullRequest.repositoryId}`,
      ...(runAt === undefined ? {} : { runAt, jobKeyMode: "preserve_run_at" }),
    },
  );
}

/**
 * Has every other open pull request of a repository planned against the main that has just moved. Each merge would do so
 * for all of them: where merges follow each other they are done together, none later than a few seconds after the first.
 */
export async function rebaseOthersLater(tx: Tx, clock: Clock, repositoryId: string, except: string): Promise<void> {
  const runAt = new Date(clock.now().getTime() + gathered);
  for (const open of await openPullRequests(tx, repositoryId)) {
    if (open.id !== except) await rebaseLater(tx, open, runAt);
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
