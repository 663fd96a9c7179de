import { peopleOf } from "../../people/find-people.ts";
import type { PersonView } from "../../people/find-people.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { lockedRepository, repositoryWithId } from "../../repositories/find-repository.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";
import { organizationRules } from "../../repositories/policy-repository.ts";
import { rulesAt } from "../../repositories/rules.ts";
import type { Rules } from "../../repositories/rules.ts";
import { appliedWorkspaces } from "../../repositories/applied-workspaces.ts";
import type { AppliedWorkspaceRow } from "../../repositories/applied-workspaces.ts";
import { lookAround } from "./foreign-inputs.ts";
import { draftPatchSet } from "./patch-set-draft.ts";
import type { PatchSetDraft } from "./patch-set-draft.ts";
import { draftImport } from "../opening/draft-import.ts";
import { draftWithoutCommits } from "../opening/draft-without-commits.ts";
import { personMayPropose } from "../opening/may-propose.ts";
import { newestPatchSets } from "./patch-set-store.ts";
import type { PatchSetRecord, PullRequestRecord } from "../pull-request.ts";
import { pullRequestById } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { storePatchSet } from "./store-patch-set.ts";

/**
 * Makes the trial merge of an open pull request with main as it is now, and plans again what that, or a state that has
 * changed meanwhile, or other policies make different; everything else keeps its plans and approvals. With `all`, plans everything again.
 * Nothing is planned while those who proposed it may not propose to everything that it affects.
 */
export async function rebasePullRequest(
  context: PullRequestsContext,
  organizationId: string,
  pullRequestId: string,
  options: { all?: boolean } = {},
): Promise<void> {
  for (;;) {
    const found = await context.db.transaction(organizationId, async (tx) => {
      const pullRequest = await pullRequestById(tx, pullRequestId);
      if (pullRequest?.status !== "open") return undefined;
      const repository = await repositoryWithId(tx, pullRequest.repositoryId);
      const patchSet = (await newestPatchSets(tx, [pullRequestId])).get(pullRequestId);
      const rows = await appliedWorkspaces(tx, repository.repositoryId);
      return patchSet === undefined || repository.headCommit === null
        ? undefined
        : {
            pullRequest,
            repository,
            head: repository.headCommit,
            patchSet,
            rows,
            people: await peopleOf(tx),
          };
    });
    if (found === undefined) return;
    const { pullRequest, repository, head, patchSet } = found;
    const reader = await openReader(context.caches, repository, context.forge.objects(repository));
    const draft = await draftAgain(context, reader, found);
    const rules = await rulesAt(reader, head);
    const stored = await context.db.transaction(organizationId, async (tx) => {
      const locked = await lockedRepository(tx, repository.repositoryId);
      const now = await stillNewest(tx, pullRequestId, patchSet);
      if (!now) return true;
      if (locked.headCommit !== head) return false;
      const people = await peopleOf(tx);
      await storePatchSet(tx, context, {
        pullRequest,
        draft,
        previous: patchSet,
        kind: "rebased",
        pushedBy: null,
        people,
        mayPlan: pullRequest.workspaces !== null || proposersMay(pullRequest, patchSet, people, draft, rules),
        ...(options.all === true ? { anew: true } : {}),
      });
      return true;
    });
    if (!stored) continue;
    if (draft.trialCommit !== null && draft.trialCommit !== draft.commit)
      await context.forge.keep(repository, [
        { name: `plumbline/trial/${pullRequest.number}`, commit: draft.trialCommit },
      ]);
    return;
  }
}

/**
 * Whether those who opened and pushed it may propose to everything that it affects now: what a conflict or a mistake
 * hid when it was pushed, and rights that were taken away since.
 */
function proposersMay(
  { openedBy }: PullRequestRecord,
  { pushedBy }: PatchSetRecord,
  people: readonly PersonView[],
  { environments }: PatchSetDraft,
  rules: Rules,
): boolean {
  const proposers = people.filter(({ id }) => id === openedBy || id === pushedBy);
  return proposers.every((person) => environments.every((environment) => personMayPropose(person, environment, rules)));
}

async function draftAgain(
  context: PullRequestsContext,
  reader: RepositoryReader,
  found: {
    pullRequest: PullRequestRecord;
    patchSet: PatchSetRecord;
    head: string;
    rows: ReadonlyMap<string, AppliedWorkspaceRow>;
    people: readonly PersonView[];
  },
): Promise<PatchSetDraft> {
  const { pullRequest, patchSet, head, rows, people } = found;
  const [workspace] = pullRequest.workspaces ?? [];
  if (pullRequest.purpose === "import" && workspace !== undefined)
    return draftImport(reader, { base: head, workspace, rows });
  if (pullRequest.workspaces !== null)
    return draftWithoutCommits(reader, {
      base: head,
      workspaces: pullRequest.workspaces,
      destroy: pullRequest.purpose === "destroy",
      rows,
    });
  const mergeBase = (await reader.objects.mergeBase(head, patchSet.commit)) ?? patchSet.base;
  const applied = new Map(
    [...rows].flatMap(([name, row]) =>
      row.appliedCodeCommit === null ? [] : [[name, row.appliedCodeCommit] as const],
    ),
  );
  return draftPatchSet(reader, {
    base: head,
    commit: patchSet.commit,
    mergeBase,
    at: context.clock.now(),
    applied,
    people,
    organization: await organizationRules(context, pullRequest.organizationId),
    lookAround: lookAround(context, pullRequest.organizationId, pullRequest.repositoryId),
  });
}

/** Whether nobody pushed, merged or closed it meanwhile. */
async function stillNewest(tx: Tx, pullRequestId: string, patchSet: PatchSetRecord): Promise<boolean> {
  const pullRequest = await pullRequestById(tx, pullRequestId, true);
  const newest = (await newestPatchSets(tx, [pullRequestId])).get(pullRequestId);
  return pullRequest?.status === "open" && newest?.id === patchSet.id;
}
