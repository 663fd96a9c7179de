import { canonicalJson, problem, pullRequestCan } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvalRight } from "./approval-right.ts";
import { approvalsOf, insertApproval } from "./approval-store.ts";
import { approvedDigests } from "./approved-digests.ts";
import { changed } from "../changed.ts";
import type { PullRequestFacts } from "../facts.ts";
import { planOf } from "../facts.ts";
import { heldPlans } from "./held-plans.ts";
import { answerPullRequest, lockedFacts } from "../load-pull-request.ts";
import type { ApprovedDigest } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { signingKey } from "./signing-key.ts";
import { weighedAgain } from "../gate/weigh-again.ts";

/** What somebody says yes to. */
export interface ApprovalRequest {
  meaning: string;
  digests: ApprovedDigest[];
  /** The patch set that was shown; without it, the newest. */
  patchSet?: number | undefined;
}

/**
 * Signs a yes to exactly the plans that were shown: before the merge to all that are made, after it to those of held
 * runs, which then go on. Throws `approval_refused` for whoever has a part in the change or no right to approve it, and
 * `plan_changed` where a digest is not the newest, or a plan was not shown.
 */
export async function approvePullRequest(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
  request: ApprovalRequest,
): Promise<PullRequest> {
  authorize(actor, "repository.read");
  await context.db.transaction(actor.organizationId, async (tx) => {
    const facts = await weighedAgain(tx, context, await lockedFacts(tx, context, actor, number));
    const { pullRequest } = facts;
    if (!pullRequestCan("approve", pullRequest.status))
      throw problem("wrong_status", `#${number} is ${pullRequest.status}.`);
    const right = approvalRight(facts, actor);
    if (!right.allowed || actor.id === null)
      throw problem("approval_refused", right.reason ?? "You cannot approve this.");
    if (request.patchSet !== undefined && request.patchSet !== facts.patchSet.number)
      throw problem("plan_changed", `Patch set ${facts.patchSet.number} is the newest, not ${request.patchSet}.`);
    const newest = pullRequest.status === "open" ? digestsToApprove(facts) : heldDigests(facts);
    requireNewest(newest, request.digests, pullRequest.status === "open");
    const statement = await sign(tx, context, actor, facts, request);
    if (pullRequest.status === "merged") await releaseApproved(tx, context, facts, request.digests);
    await changed(tx, pullRequest);
    await recordAudit(tx, actor, {
      action: "pull_request.approved",
      text: `${actor.name} approved #${number}${plansText(request.digests)}`,
      pullRequest: number,
      ...(request.digests.length === 1 && request.digests[0] !== undefined
        ? { workspace: request.digests[0].workspace }
        : {}),
      details: { patchSet: facts.patchSet.number, meaning: request.meaning, digests: request.digests, ...statement },
    });
  });
  return answerPullRequest(context, actor, number);
}

function digestsToApprove(facts: PullRequestFacts): Map<string, string> {
  const digests = new Map<string, string>();
  for (const row of facts.affected) {
    const run = planOf(facts, row);
    if (row.inputTree !== null && run?.status === "finished" && run.digest !== null)
      digests.set(row.workspace, run.digest);
  }
  return digests;
}

function heldDigests(facts: PullRequestFacts): Map<string, string> {
  const digests = new Map<string, string>();
  for (const { row, run } of heldPlans(facts)) {
    if (run.blocking > 0) continue;
    if (run.digest !== null) digests.set(row.workspace, run.digest);
  }
  if (digests.size === 0)
    throw problem("approval_refused", "A finding blocks the plan that is held: it cannot be approved.", {
      next: "Revert the pull request, or fix forward with a new one.",
    });
  return digests;
}

/** Every digest must be the newest one. Before the merge all plans that are made must be among them. */
function requireNewest(newest: ReadonlyMap<string, string>, given: readonly ApprovedDigest[], all: boolean): void {
  const names = new Set<string>();
  for (const { workspace, digest } of given) {
    names.add(workspace);
    const now = newest.get(workspace);
    if (now === undefined) throw problem("plan_changed", `There is no plan of ${workspace} to approve now.`);
    if (now !== digest) throw problem("plan_changed", `The plan of ${workspace} is another one now.`);
  }
  if (!all) {
    if (given.length === 0) throw problem("invalid_request", "Name the plans that you approve.");
    return;
  }
  const unseen = [...newest.keys()].filter((name) => !names.has(name));
  if (unseen.length > 0)
    throw problem("plan_changed", `The plan of ${unseen.slice(0, 3).join(", ")} was not among those that were shown.`);
}

async function sign(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  facts: PullRequestFacts,
  { meaning, digests }: ApprovalRequest,
): Promise<{ approval: string; keyId: string }> {
  const { pullRequest, patchSet, repository } = facts;
  const createdAt = context.clock.now();
  const sorted = digests.toSorted((left, right) => (left.workspace < right.workspace ? -1 : 1));
  const statement = canonicalJson({
    type: "plumbline/approval",
    version: 1,
    organization: { id: actor.organizationId, name: actor.organization },
    repository: { id: repository.repositoryId, name: repository.name },
    pullRequest: pullRequest.number,
    patchSet: patchSet.number,
    commit: patchSet.commit,
    person: { id: actor.id, name: actor.name },
    meaning: meaning.toWellFormed(),
    digests: sorted,
    files: patchSet.filesDigest,
    at: createdAt.toISOString(),
  });
  const key = await signingKey(tx, context, actor.organizationId);
  const id = context.newId();
  await insertApproval(tx, actor.organizationId, {
    id,
    pullRequestId: pullRequest.id,
    patchSetId: patchSet.id,
    personId: actor.id ?? "",
    meaning,
    digests: sorted,
    filesDigest: patchSet.filesDigest,
    statement,
    signature: key.sign(statement),
    keyId: key.keyId,
    createdAt,
  });
  return { approval: id, keyId: key.keyId };
}

/** Lets held runs go on whose digest enough people have approved now. */
async function releaseApproved(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
  given: readonly ApprovedDigest[],
): Promise<void> {
  const named = new Set(given.map(({ workspace }) => workspace));
  const { id, organizationId } = facts.pullRequest;
  const signed = { ...facts, approvals: await approvalsOf(tx, [id]) };
  const released: string[] = [];
  for (const { row, run } of heldPlans(facts)) {
    if (!named.has(row.workspace) || run.digest === null || run.blocking > 0) continue;
    if ((await approvedDigests(context, signed, row)).has(run.digest)) released.push(run.id);
  }
  await context.runs.releaseHeldRuns(tx, organizationId, released);
}

function plansText(digests: readonly ApprovedDigest[]): string {
  if (digests.length === 0) return "";
  const names = digests.slice(0, 3).map(({ workspace, digest }) => `${workspace} (${digest.slice(0, 12)})`);
  return `: ${names.join(", ")}${digests.length > 3 ? ` and ${digests.length - 3} more plans` : ""}`;
}
