import { problem, pullRequestCan } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { nextNumber } from "../../organizations/numbers.ts";
import { lockedRepository } from "../../repositories/find-repository.ts";
import { declaredAt, moveMain, publishMain } from "../../repositories/move-main.ts";
import { mergeRight, requireRight } from "../act-rights.ts";
import { changed, rebaseOthersLater } from "../changed.ts";
import { rejudgeAfter } from "../replays/rejudge-organization.ts";
import { changesPolicies } from "../replays/judged-by.ts";
import { replayPolicies } from "../replays/replay-policies.ts";
import { planOf, readFacts } from "../facts.ts";
import type { PullRequestFacts } from "../facts.ts";
import { gateIsOpen } from "../gate/gate.ts";
import { gateOf, isOutdated } from "../gate/gate-of-facts.ts";
import { answerPullRequest, lockedFacts } from "../load-pull-request.ts";
import { pullRequestActedOnBy } from "../sight.ts";
import { mergeMessage } from "./merge-message.ts";
import { setApprovedDigests } from "../patch-sets/patch-set-store.ts";
import { fileAt } from "../../repositories/configuration-at.ts";
import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import { noteWaivers } from "../../findings/note-waivers.ts";
import { serverName } from "../patch-sets/patch-set-draft.ts";
import { markMerged } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { weighedAgain } from "../gate/weigh-again.ts";
import { rebasePullRequest } from "../patch-sets/rebase-pull-request.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { takeOver } from "./take-over.ts";

/** How often a merge starts again because somebody else merged meanwhile, through another server. */
const mostAttempts = 5;

/**
 * Merges: the server makes the merge commit, as author and committer itself, moves main and starts the apply runs. The
 * gate holds for everybody. Throws `merge_refused` with what is missing. Where somebody else merged meanwhile it is
 * planned against that main first, and judged by the policies that hold now; where that changes nothing, the merge goes on.
 */
export async function mergePullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  const { repositoryId } = await context.db.transaction(actor.organizationId, (tx) =>
    pullRequestActedOnBy(tx, context, actor, number),
  );
  return context.merges(repositoryId, () => mergeInTurn(context, actor, number));
}

async function mergeInTurn(context: PullRequestsContext, actor: Actor, number: number): Promise<PullRequest> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const before = await context.db.transaction(actor.organizationId, async (tx) =>
      weighedAgain(tx, context, await readFacts(tx, context, await pullRequestActedOnBy(tx, context, actor, number))),
    );
    requireMergeable(before, actor);
    if (before.patchSet.base !== before.repository.headCommit || isOutdated(before)) {
      await rebasePullRequest(context, actor.organizationId, before.pullRequest.id);
      await replayPolicies(context, actor.organizationId, before.pullRequest.id);
      continue;
    }
    requireOpenGate(before);
    const commit = await writeMergeCommit(context, before);
    const declared = await declaredAt(context, before.repository, commit);
    const merged = await context.db.transaction(actor.organizationId, async (tx) => {
      const repository = await lockedRepository(tx, before.repository.repositoryId);
      const facts = await weighedAgain(tx, context, await lockedFacts(tx, context, actor, number));
      requireMergeable(facts, actor);
      if (repository.headCommit !== before.patchSet.base || facts.patchSet.id !== before.patchSet.id) return false;
      if (facts.patchSet.trialCommit !== before.patchSet.trialCommit) return false;
      requireOpenGate(facts);
      await moveMain(tx, context, repository, commit, declared);
      await recordMerge(tx, context, actor, facts, commit);
      return true;
    });
    if (!merged) continue;
    await publishMain(context, before.repository, commit);
    return answerPullRequest(context, actor, number);
  }
  throw problem("conflict", "Others merged so often that this merge found no moment; try again.");
}

function requireMergeable(facts: PullRequestFacts, actor: Actor): void {
  const { number, status } = facts.pullRequest;
  if (!pullRequestCan("merge", status)) throw problem("wrong_status", `#${number} is ${status}.`);
  requireRight(mergeRight(facts, actor));
}

function requireOpenGate(facts: PullRequestFacts): void {
  const gate = gateOf(facts);
  if (gateIsOpen(gate)) return;
  const missing = gate.filter((condition) => !condition.met);
  throw problem(
    "merge_refused",
    `#${facts.pullRequest.number} cannot be merged yet:\n${missing.map(({ title, detail }) => `- ${title}: ${detail}`).join("\n")}`,
    {
      places: missing.flatMap(({ file, line }) => (file === null ? [] : [{ file, line: line ?? 1 }])),
      data: { conditions: missing.map(({ id, kind, title, detail, who }) => ({ id, kind, title, detail, who })) },
    },
  );
}

/** The object alone: nothing points at it until the transaction has committed. */
async function writeMergeCommit(context: PullRequestsContext, facts: PullRequestFacts): Promise<string> {
  const { patchSet, repository } = facts;
  const objects = context.forge.objects(repository);
  const tree = patchSet.trialCommit === null ? undefined : await objects.treeOf(patchSet.trialCommit);
  if (tree === undefined) throw problem("internal", "The trial merge is missing.");
  const signature = { ...serverName, at: context.clock.now() };
  const commit = await objects.commit({
    tree,
    parents: patchSet.commit === patchSet.base ? [patchSet.base] : [patchSet.base, patchSet.commit],
    author: signature,
    committer: signature,
    message: mergeMessage(facts),
  });
  await context.forge.keep(repository, [{ name: `plumbline/merge/${facts.pullRequest.number}`, commit }]);
  return commit;
}

async function recordMerge(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  facts: PullRequestFacts,
  commit: string,
): Promise<void> {
  const { pullRequest, patchSet, affected } = facts;
  const { organizationId } = pullRequest;
  const sequence = await nextNumber(tx, organizationId, "merge");
  await markMerged(tx, pullRequest.id, { at: context.clock.now(), by: actor.id, commit, sequence });
  // A workspace whose state another one brings is applied with that: without it everything would be made anew.
  const applied = affected.filter(
    (row) => row.relation !== "removed" && (row.stateFrom === null || row.stateFrom === pullRequest.number),
  );
  const passed = applied.flatMap((row) => {
    const { workspaceId, workspace } = row;
    const plan = planOf(facts, row);
    return plan?.status !== "finished" || plan.digest === null ? [] : [{ workspaceId, workspace, digest: plan.digest }];
  });
  await setApprovedDigests(tx, patchSet.id, passed);
  // What was read from the trial merge is read from the merge now: the same tree under its lasting name.
  const named = (id: string) => (id === patchSet.trialCommit ? commit : id);
  const started = await context.runs.startApplyRuns(tx, organizationId, {
    pullRequestId: pullRequest.id,
    patchSetId: patchSet.id,
    mergeSequence: sequence,
    workspaces: applied.map((row) => ({
      workspaceId: row.workspaceId,
      plannedRunId: planOf(facts, row)?.status === "finished" ? row.runId : null,
      codeCommit: named(row.codeCommit),
      valuesCommit: named(row.valuesCommit),
      stage: row.stage,
      needs: row.needs,
      destroy: row.destroy,
    })),
  });
  if (patchSet.changedPaths.includes(waiversFile)) {
    const { repositoryId, number } = pullRequest;
    const text = (await fileAt(context, facts.repository, commit, waiversFile)) ?? null;
    await noteWaivers(tx, context, actor, { organizationId, repositoryId, text, pullRequest: number });
  }
  await rebaseOthersLater(tx, context.clock, pullRequest.repositoryId, pullRequest.id);
  if (changesPolicies(patchSet.changedPaths)) await rejudgeAfter(tx, pullRequest.repositoryId);
  await changed(
    tx,
    pullRequest,
    affected.map((row) => `workspace:${row.workspace}`),
  );
  await takeOver(tx, context, actor, facts, started);
  await recordAudit(tx, actor, {
    action: "pull_request.merged",
    text: `${actor.name} merged #${pullRequest.number} into main`,
    pullRequest: pullRequest.number,
    details: {
      commit,
      base: patchSet.base,
      patchSet: patchSet.number,
      ticket: pullRequest.ticket,
      workspaces: applied.map((row) => row.workspace),
      waitsForState: affected
        .filter((row) => !applied.includes(row) && row.stateFrom !== null)
        .map((row) => row.workspace),
      removed: affected.filter((row) => row.relation === "removed").map((row) => row.workspace),
      digests: passed.map(({ workspace, digest }) => ({ workspace, digest })),
      approvals: facts.approvals.filter((one) => one.voidAt === null).map((one) => one.id),
    },
  });
}
