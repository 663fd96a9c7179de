import type { Tx } from "../platform/database/pools.ts";

/** What is on record of one waiver of a repository. */
export interface WaiverRecord {
  key: string;
  /** `2027-03-01`. */
  expires: string;
  introducedAt: Date;
  introducedBy: number | null;
  renewals: number;
  renewedAt: Date | null;
  announcedFor: string | null;
}

/** Those that main has, by key; locked until the commit. */
export async function waiversOnRecord(
  tx: Tx,
  repositoryId: string,
  lock: "lock" | "read" = "read",
): Promise<Map<string, WaiverRecord>> {
  const rows = await tx
    .selectFrom("waivers")
    .select((select) => [
      "key",
      select.cast<string>("expires", "text").as("expires"),
      "introduced_at as introducedAt",
      "introduced_by as introducedBy",
      "renewals",
      "renewed_at as renewedAt",
      select.cast<string | null>("announced_for", "text").as("announcedFor"),
    ])
    .where("repository_id", "=", repositoryId)
    .where("removed_at", "is", null)
    .$if(lock === "lock", (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

interface Where {
  organizationId: string;
  repositoryId: string;
}

/** A waiver that came to main; one that had been taken away begins anew. */
export async function introduceWaiver(
  tx: Tx,
  { organizationId, repositoryId }: Where,
  waiver: { key: string; expires: string; at: Date; by: number | null },
): Promise<void> {
  const fresh = {
    expires: waiver.expires,
    introduced_at: waiver.at,
    introduced_by: waiver.by,
    renewals: 0,
    renewed_at: null,
    announced_for: null,
    removed_at: null,
  };
  await tx
    .insertInto("waivers")
    .values({ organization_id: organizationId, repository_id: repositoryId, key: waiver.key, ...fresh })
    .onConflict((conflict) => conflict.columns(["organization_id", "repository_id", "key"]).doUpdateSet(fresh))
    .execute();
}

export async function renewWaiver(
  tx: Tx,
  repositoryId: string,
  { key, expires, at }: { key: string; expires: string; at: Date },
): Promise<void> {
  await tx
    .updateTable("waivers")
    .set((update) => ({ expires, renewed_at: at, renewals: update("renewals", "+", 1) }))
    .where("repository_id", "=", repositoryId)
    .where("key", "=", key)
    .execute();
}

export async function removeWaiver(tx: Tx, repositoryId: string, key: string, at: Date): Promise<void> {
  await tx
    .updateTable("waivers")
    .set({ removed_at: at })
    .where("repository_id", "=", repositoryId)
    .where("key", "=", key)
    .execute();
}

/** Notes that people were told of this expiry; false where they had been before. */
export async function markAnnounced(tx: Tx, repositoryId: string, key: string, expires: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("waivers")
    .set({ announced_for: expires })
    .where("repository_id", "=", repositoryId)
    .where("key", "=", key)
    .where((where) => where.or([where("announced_for", "is", null), where("announced_for", "<>", expires)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Repositories of all organizations with a waiver that expires before a day and whose people were not told. */
export async function repositoriesToAnnounce(
  tx: Tx,
  before: string,
): Promise<{ organizationId: string; repositoryId: string }[]> {
  return tx
    .selectFrom("waivers")
    .select(["organization_id as organizationId", "repository_id as repositoryId"])
    .distinct()
    .where("removed_at", "is", null)
    .where("expires", "<=", before)
    .where((where) =>
      where.or([where("announced_for", "is", null), where("announced_for", "<>", where.ref("expires"))]),
    )
    .execute();
}
