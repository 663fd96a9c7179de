import type { Tx } from "../../platform/database/pools.ts";
import { addTask } from "../../platform/tasks/index.ts";
import { policyRepository } from "../../repositories/policy-repository.ts";
import { newestPatchSets } from "../patch-sets/patch-set-store.ts";
import { openPullRequests } from "../pull-request-store.ts";
import { replayTask } from "../pull-request-tasks.ts";
import { needsJudgement } from "./judged-by.ts";

/**
 * Has the open changes of policies that judge a repository replayed again where its newest plans are others now. One that
 * is replayed already on what is newest stays as it is.
 */
export async function replayLater(
  tx: Tx,
  { repositoryId }: { repositoryId: string },
  except: string | null,
): Promise<void> {
  const policies = await policyRepository(tx);
  const repositories = new Set([repositoryId, ...(policies === undefined ? [] : [policies.repositoryId])]);
  for (const id of repositories) {
    const open = (await openPullRequests(tx, id)).filter((one) => one.id !== except);
    const patchSets = await newestPatchSets(
      tx,
      open.map((one) => one.id),
    );
    for (const { organizationId, id: pullRequestId } of open)
      if (needsJudgement(patchSets.get(pullRequestId)?.changedPaths ?? []))
        await addTask(tx, replayTask, { organizationId, pullRequestId }, { jobKey: `replay:${pullRequestId}` });
  }
}
