import type { Actor } from "../../access/actor.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { nextNumber } from "../../organizations/numbers.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { lockedRepository } from "../../repositories/find-repository.ts";
import { addContributors } from "../patch-sets/patch-set-store.ts";
import type { PatchSetDraft } from "../patch-sets/patch-set-draft.ts";
import { storePatchSet } from "../patch-sets/store-patch-set.ts";
import type { StoreRequest } from "../patch-sets/store-patch-set.ts";
import { insertPullRequest } from "../pull-request-store.ts";
import type { NewPullRequest } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/** A pull request that nobody pushed, drafted over a commit of main. */
export interface Opened {
  /** Main's commit, as it was when the draft was made. */
  base: string;
  pullRequest: Omit<NewPullRequest, "id" | "number" | "organizationId" | "openedBy">;
  draft: PatchSetDraft;
  people: StoreRequest["people"];
  /** Whose commit it is; null where it has none. */
  pushedBy: string | null;
  /** What the audit entry says beside the title. */
  details: Record<string, unknown>;
  /** What else is stored in the same transaction, which plans are made over. */
  alongside?: (tx: Tx, pullRequestId: string) => Promise<void>;
}

/** Stores it with its first patch set, and the actor as who opened it. Undefined where main has moved since the draft. */
export async function storeOpened(
  context: PullRequestsContext,
  actor: Actor,
  { base, pullRequest, draft, people, pushedBy, details, alongside }: Opened,
): Promise<{ id: string; number: number } | undefined> {
  const { organizationId } = actor;
  const { repositoryId, title } = pullRequest;
  const openedBy = actor.kind === "person" ? actor.id : null;
  return context.db.transaction(organizationId, async (tx) => {
    const locked = await lockedRepository(tx, repositoryId);
    if (locked.headCommit !== base) return undefined;
    const added = { id: context.newId(), number: await nextNumber(tx, organizationId, "pull_request") };
    await insertPullRequest(tx, { ...pullRequest, ...added, organizationId, openedBy });
    if (openedBy !== null)
      await addContributors(tx, organizationId, added.id, [{ personId: openedBy, reason: "opened" }]);
    await storePatchSet(tx, context, {
      pullRequest: { ...added, organizationId, repositoryId },
      draft,
      previous: undefined,
      kind: "pushed",
      pushedBy,
      people,
      mayPlan: true,
    });
    await alongside?.(tx, added.id);
    await recordAudit(tx, actor, {
      action: "pull_request.opened",
      text: `${actor.name} opened #${added.number}: ${title}`,
      pullRequest: added.number,
      details: { repository: locked.name, purpose: pullRequest.purpose, ...details },
    });
    return added;
  });
}
