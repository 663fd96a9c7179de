import { createHash } from "node:crypto";
import type { Tx } from "../../platform/database/pools.ts";

/** Whether these news are what people were last told about a pull request. */
export async function wasTold(tx: Tx, pullRequestId: string, news: string): Promise<boolean> {
  const row = await tx
    .selectFrom("pull_requests")
    .select("told")
    .where("pull_request_id", "=", pullRequestId)
    .executeTakeFirst();
  return row?.told === kept(news);
}

export async function markTold(tx: Tx, pullRequestId: string, news: string): Promise<void> {
  await tx
    .updateTable("pull_requests")
    .set({ told: kept(news) })
    .where("pull_request_id", "=", pullRequestId)
    .execute();
}

/** News name each run that they are about; of hundreds the digest is kept, never a part, which would equal no news. */
function kept(news: string): string {
  return news.length <= 2_000 ? news : `sha256:${createHash("sha256").update(news).digest("hex")}`;
}
