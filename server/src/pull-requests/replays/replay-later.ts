import type { Tx } from "../../platform/database/pools.ts";
import { addTask } from "../../platform/tasks/index.ts";
import { policyRepository } from "../../repositories/policy-repository.ts";
import { openInPolicies } from "../patch-sets/open-changes.ts";
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
  for (const { organizationId, id: pullRequestId, changedPaths } of await openInPolicies(tx, [...repositories]))
    if (pullRequestId !== except && needsJudgement(changedPaths))
      await addTask(tx, replayTask, { organizationId, pullRequestId }, { jobKey: `replay:${pullRequestId}` });
}
