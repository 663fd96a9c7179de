import { z } from "zod";
import type { Tx } from "../../platform/database/pools.ts";
import type { ApprovalRecord } from "../pull-request.ts";

const Digests = z.array(z.object({ workspace: z.string(), digest: z.string() }));

/** All approvals of pull requests, oldest first, void ones included. */
export async function approvalsOf(tx: Tx, pullRequestIds: readonly string[]): Promise<ApprovalRecord[]> {
  if (pullRequestIds.length === 0) return [];
  const rows = await tx
    .selectFrom("approvals as a")
    .innerJoin("patch_sets as p", (join) =>
      join.onRef("p.organization_id", "=", "a.organization_id").onRef("p.patch_set_id", "=", "a.patch_set_id"),
    )
    .select([
      "a.approval_id as id",
      "a.pull_request_id as pullRequestId",
      "a.patch_set_id as patchSetId",
      "p.number as patchSet",
      "a.person_id as personId",
      "a.meaning",
      "a.digests",
      "a.files_digest as filesDigest",
      "a.statement",
      "a.signature",
      "a.key_id as keyId",
      "a.created_at as createdAt",
      "a.void_at as voidAt",
      "a.void_reason as voidReason",
    ])
    .where("a.pull_request_id", "in", [...pullRequestIds])
    .orderBy("a.created_at")
    .orderBy("a.approval_id")
    .execute();
  return rows.map((row) => ({ ...row, digests: Digests.parse(row.digests) }));
}

export async function insertApproval(
  tx: Tx,
  organizationId: string,
  approval: Omit<ApprovalRecord, "patchSet" | "voidAt" | "voidReason">,
): Promise<void> {
  await tx
    .insertInto("approvals")
    .values({
      organization_id: organizationId,
      approval_id: approval.id,
      pull_request_id: approval.pullRequestId,
      patch_set_id: approval.patchSetId,
      person_id: approval.personId,
      meaning: approval.meaning,
      digests: JSON.stringify(approval.digests),
      files_digest: approval.filesDigest,
      statement: approval.statement,
      signature: approval.signature,
      key_id: approval.keyId,
      created_at: approval.createdAt,
    })
    .execute();
}

/** Makes approvals count no more. */
export async function voidApprovals(tx: Tx, ids: readonly string[], at: Date, reason: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("approvals")
    .set({ void_at: at, void_reason: reason })
    .where("approval_id", "in", [...ids])
    .where("void_at", "is", null)
    .execute();
}
