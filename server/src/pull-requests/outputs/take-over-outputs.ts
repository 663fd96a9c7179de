import { systemActor } from "../../access/actor.ts";
import type { Actor } from "../../access/actor.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { allOrganizations } from "../../organizations/find-organization.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { lockedRepository, repositoryWithId } from "../../repositories/find-repository.ts";
import { whatIsBehind } from "./behind.ts";
import type { Behind, TakeOver } from "./behind.ts";
import { changed } from "../changed.ts";
import { openPullRequestWithoutCommits } from "../opening/open-pull-request.ts";
import { affectedOf, newestPatchSets } from "../patch-sets/patch-set-store.ts";
import type { PullRequestRecord } from "../pull-request.ts";
import { markClosed, openPullRequests, pullRequestById, setWithoutCommits } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { rebasePullRequest } from "../patch-sets/rebase-pull-request.ts";
import { takeOverTopic, takeOverWords, takesOverIn } from "./take-over-words.ts";

/**
 * Brings an environment in line with what its upstreams' outputs are now, without applying anything: open pull requests
 * that planned with other values are planned again, and workspaces that were applied with other values get one pull
 * request, opened by the system, kept up to date and closed when nothing is left to take over. Doing it again changes
 * nothing. Tasks of one repository run one after the other, so there is never a second one.
 */
export async function takeOverOutputs(context: PullRequestsContext, where: TakeOver): Promise<void> {
  const { organizationId, repositoryId, environment } = where;
  const organization = (await allOrganizations(context.db)).find((one) => one.id === organizationId);
  if (organization === undefined) return;
  const actor = systemActor(organizationId, organization.name);
  const { own, behind, head } = await context.db.transaction(organizationId, async (tx) => ({
    own: await ownOf(tx, where),
    behind: await whatIsBehind(tx, context, where),
    head: (await repositoryWithId(tx, repositoryId)).headCommit,
  }));
  if (head === null) return;
  if (own !== undefined && behind.size === 0) await closeOwn(context, actor, own);
  else if (own !== undefined) await updateOwn(context, actor, own, behind);
  else if (behind.size > 0)
    await openPullRequestWithoutCommits(context, actor, {
      repositoryId,
      purpose: "change",
      ...takeOverWords(behind),
      workspaces: [...behind.keys()],
      topic: takeOverTopic(environment),
    });
  for (const pullRequest of await plannedWithOldValues(context, where))
    await rebasePullRequest(context, organizationId, pullRequest.id);
}

async function ownOf(tx: Tx, { repositoryId, environment }: TakeOver): Promise<PullRequestRecord | undefined> {
  const open = await openPullRequests(tx, repositoryId);
  return open.find((pullRequest) => takesOverIn(pullRequest) === environment);
}

async function closeOwn(context: PullRequestsContext, actor: Actor, own: PullRequestRecord): Promise<void> {
  const { organizationId } = actor;
  await context.db.transaction(organizationId, async (tx) => {
    const pullRequest = await pullRequestById(tx, own.id, true);
    if (pullRequest?.status !== "open") return; // merged or closed meanwhile
    await markClosed(tx, own.id, context.clock.now(), null);
    const reason = "Nothing is left to take over.";
    await context.runs.supersedePlanRuns(tx, organizationId, own.id, reason, new Set());
    await changed(tx, own);
    await recordAudit(tx, actor, {
      action: "pull_request.closed",
      text: `${actor.name} closed #${own.number}: nothing is left to take over`,
      pullRequest: own.number,
    });
  });
}

/** Lets it list what is behind now, where that is something else than before. */
async function updateOwn(
  context: PullRequestsContext,
  actor: Actor,
  own: PullRequestRecord,
  behind: Behind,
): Promise<void> {
  const words = takeOverWords(behind);
  const workspaces = [...behind.keys()];
  if (words.description === own.description && words.title === own.title) return;
  await context.db.transaction(actor.organizationId, async (tx) => {
    await lockedRepository(tx, own.repositoryId);
    const pullRequest = await pullRequestById(tx, own.id, true);
    if (pullRequest?.status !== "open") return;
    await setWithoutCommits(tx, own.id, { ...words, workspaces });
    await recordAudit(tx, actor, {
      action: "pull_request.updated",
      text: `${actor.name} brought #${own.number} up to date: ${words.title}`,
      pullRequest: own.number,
      details: { workspaces },
    });
  });
  await rebasePullRequest(context, actor.organizationId, own.id);
}

/** Open pull requests with a plan in this environment that was given values which are others now. */
async function plannedWithOldValues(context: PullRequestsContext, where: TakeOver): Promise<PullRequestRecord[]> {
  const { organizationId, repositoryId, environment } = where;
  return context.db.transaction(organizationId, async (tx) => {
    const open = await openPullRequests(tx, repositoryId);
    const newest = await newestPatchSets(
      tx,
      open.map(({ id }) => id),
    );
    const ids = [...newest.values()].map(({ id }) => id);
    const affected = (await affectedOf(tx, ids)).filter((row) => row.environment === environment);
    const planned = affected.flatMap((row) => row.runId ?? []);
    const old = await context.runs.changedInputs(tx, organizationId, planned);
    const concerned = new Set(
      affected.filter((row) => row.runId !== null && old.has(row.runId)).map((row) => row.patchSetId),
    );
    return open.filter(({ id }) => concerned.has(newest.get(id)?.id ?? ""));
  });
}
