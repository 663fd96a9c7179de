import { systemActor } from "../../access/actor.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { peopleOf } from "../../people/find-people.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { approvalsOf, voidApprovals } from "./approval-store.ts";
import { affectedOf, contributorsOf, newestPatchSets } from "../patch-sets/patch-set-store.ts";
import type { AffectedRecord, ApprovalRecord, Contributor, PatchSetRecord } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunFacts } from "../runs-port.ts";

/** The newest digest of a workspace; `pending` while its plan is not there yet. */
type DigestNow = { state: "planned"; digest: string } | { state: "pending" } | { state: "gone" };

/**
 * Why an approval counts no more, or null while it does: who gave it has a part in the change now, a plan it names has
 * another digest or is not part of the change any more, or a changed file is another one. A plan under way decides
 * nothing yet.
 */
function voidReason(
  approval: Pick<ApprovalRecord, "digests" | "filesDigest" | "personId">,
  filesDigest: string,
  contributors: readonly Pick<Contributor, "personId">[],
  digestNow: (workspace: string) => DigestNow,
): string | null {
  if (contributors.some(({ personId }) => personId === approval.personId)) return "Who gave it has a part in it now.";
  for (const { workspace, digest } of approval.digests) {
    const now = digestNow(workspace);
    if (now.state === "gone") return `${workspace} is not part of this change any more.`;
    if (now.state === "planned" && now.digest !== digest) return `The plan of ${workspace} has changed.`;
  }
  if (approval.filesDigest !== filesDigest) return "Its files were changed.";
  return null;
}

/** The newest digests of a patch set's workspaces. */
function digestsNow(
  affected: readonly AffectedRecord[],
  runs: ReadonlyMap<string, RunFacts>,
): (workspace: string) => DigestNow {
  const byName = new Map(affected.map((row) => [row.workspace, row]));
  return (workspace) => {
    const row = byName.get(workspace);
    if (row === undefined || row.inputTree === null) return { state: "gone" };
    const run = row.runId === null ? undefined : runs.get(row.runId);
    if (run?.status === "finished" && run.digest !== null) return { state: "planned", digest: run.digest };
    return { state: "pending" };
  };
}

/** An approval that counts no more, and why. */
export interface VoidedApproval {
  approval: ApprovalRecord;
  reason: string;
}

/**
 * Makes the approvals void that count no more, and answers them: the caller ends with `auditVoided`. An open pull
 * request's only: after the merge they are history.
 */
export async function reviewApprovals(
  tx: Tx,
  context: PullRequestsContext,
  pullRequestId: string,
): Promise<VoidedApproval[]> {
  const valid = (await approvalsOf(tx, [pullRequestId])).filter((approval) => approval.voidAt === null);
  if (valid.length === 0) return [];
  const patchSet: PatchSetRecord | undefined = (await newestPatchSets(tx, [pullRequestId])).get(pullRequestId);
  if (patchSet === undefined) return [];
  const affected = await affectedOf(tx, [patchSet.id]);
  const runs = new Map((await context.runs.runsOfPullRequests(tx, [pullRequestId])).map((run) => [run.id, run]));
  const now = digestsNow(affected, runs);
  const contributors = await contributorsOf(tx, [pullRequestId]);
  const voided: VoidedApproval[] = [];
  for (const approval of valid) {
    const reason = voidReason(approval, patchSet.filesDigest, contributors, now);
    if (reason === null) continue;
    await voidApprovals(tx, [approval.id], context.clock.now(), reason);
    voided.push({ approval, reason });
  }
  return voided;
}

/** Writes down whose approvals became void and why; last in the transaction, as every entry. */
export async function auditVoided(
  tx: Tx,
  pullRequest: { organizationId: string; number: number },
  voided: readonly VoidedApproval[],
): Promise<void> {
  if (voided.length === 0) return;
  const names = new Map((await peopleOf(tx)).map(({ id, name }) => [id, name]));
  for (const { approval, reason } of voided)
    await recordAudit(tx, systemActor(pullRequest.organizationId, ""), {
      action: "pull_request.approval_voided",
      text: `the approval of #${pullRequest.number} by ${names.get(approval.personId) ?? "somebody"} counts no more: ${reason.replace(/\.$/, "")}`,
      pullRequest: pullRequest.number,
      details: { approval: approval.id, patchSet: approval.patchSet, digests: approval.digests, reason },
    });
}
