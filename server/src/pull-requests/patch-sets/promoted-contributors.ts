import type { Tx } from "../../platform/database/pools.ts";
import type { PatchSetDraft } from "./patch-set-draft.ts";
import { addContributors, contributorsOf } from "./patch-set-store.ts";
import type { PullRequestRecord } from "../pull-request.ts";
import { pullRequestsMergedAs } from "../pull-request-store.ts";

/**
 * A moved pin takes commits over: whoever opened or pushed to the pull requests that brought them cannot approve the
 * promotion either. Those who stand in the commits themselves are among the draft's people.
 */
export async function addPromotedContributors(
  tx: Tx,
  pullRequest: Pick<PullRequestRecord, "organizationId" | "id">,
  draft: PatchSetDraft,
): Promise<void> {
  const merged = await pullRequestsMergedAs(tx, draft.promotedCommits);
  const behind = await contributorsOf(
    tx,
    merged.map((one) => one.id),
  );
  const contributors = behind.map(({ personId, reason }) => ({
    personId,
    reason: reason === "opened" ? ("pushed" as const) : reason,
  }));
  await addContributors(tx, pullRequest.organizationId, pullRequest.id, contributors);
}
