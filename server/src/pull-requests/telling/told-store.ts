import type { Tx } from "../../platform/database/pools.ts";

/** What people were last told about a pull request. */
export async function toldAbout(tx: Tx, pullRequestId: string): Promise<string | null> {
  const row = await tx
    .selectFrom("pull_requests")
    .select("told")
    .where("pull_request_id", "=", pullRequestId)
    .executeTakeFirst();
  return row?.told ?? null;
}

export async function markTold(tx: Tx, pullRequestId: string, told: string): Promise<void> {
  await tx
    .updateTable("pull_requests")
    .set({ told: told.slice(0, 2_000) })
    .where("pull_request_id", "=", pullRequestId)
    .execute();
}
