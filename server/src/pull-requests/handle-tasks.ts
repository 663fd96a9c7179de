import { handleTask } from "../platform/tasks/index.ts";
import type { TaskHandler } from "../platform/tasks/index.ts";
import { rebaseTask, refreshTask, replayTask, takeOverTask } from "./pull-request-tasks.ts";
import { repositoryTasks } from "../repositories/move-main.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";
import { rebasePullRequest } from "./patch-sets/rebase-pull-request.ts";
import { refreshPullRequest } from "./telling/refresh-pull-request.ts";
import { replayPolicies } from "./replays/replay-policies.ts";
import { takeOverOutputs } from "./outputs/take-over-outputs.ts";

/** The background work of pull requests and of the repositories they are in. */
export function pullRequestTasks(context: PullRequestsContext): TaskHandler[] {
  return [
    ...repositoryTasks(context),
    handleTask(refreshTask, ({ organizationId, pullRequestId }) =>
      refreshPullRequest(context, organizationId, pullRequestId),
    ),
    handleTask(takeOverTask, (where) => takeOverOutputs(context, where)),
    handleTask(replayTask, ({ organizationId, pullRequestId }) =>
      replayPolicies(context, organizationId, pullRequestId),
    ),
    handleTask(rebaseTask, ({ organizationId, pullRequestId }) =>
      rebasePullRequest(context, organizationId, pullRequestId),
    ),
  ];
}
