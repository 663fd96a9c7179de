import { hasEnded } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import type { PullRequestRecord } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunFacts } from "../runs-port.ts";

/** The apply run of another pull request that is to make something in a workspace, or may still be making it. */
export async function applyingIn(
  tx: Tx,
  context: Pick<PullRequestsContext, "runs">,
  { id, repositoryId }: Pick<PullRequestRecord, "id" | "repositoryId">,
  workspaceId: string,
): Promise<RunFacts | null> {
  const runs = await context.runs.unappliedRuns(tx, repositoryId);
  return (
    runs.find(
      (run) =>
        run.workspace.id === workspaceId &&
        run.pullRequestId !== id &&
        (!hasEnded(run.status) || run.status === "unknown"),
    ) ?? null
  );
}
