import type { LockedTool } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import type { ToolRecord } from "./tool.ts";

/** The organization's tool lock, withdrawn ones included, by name and version as written. */
export async function selectTools(tx: Tx): Promise<ToolRecord[]> {
  const rows = await tx.selectFrom("tools").selectAll().orderBy("name").orderBy("version").orderBy("sha256").execute();
  return rows.map((row) => ({
    name: row.name,
    version: row.version,
    platform: row.platform,
    sha256: row.sha256,
    source: row.source,
    archive:
      row.archive_file === null || row.archive_sha256 === null
        ? null
        : { file: row.archive_file, sha256: row.archive_sha256 },
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
  }));
}

/** Puts a binary on the lock, or back on it. */
export async function upsertTool(tx: Tx, organizationId: string, tool: LockedTool, by: { name: string; at: Date }) {
  const values = {
    name: tool.name,
    version: tool.version,
    platform: tool.platform,
    source: tool.source,
    archive_file: tool.archive?.file ?? null,
    archive_sha256: tool.archive?.sha256 ?? null,
    accepted_at: by.at,
    accepted_by: by.name,
    withdrawn_at: null,
    withdrawn_by: null,
  };
  await tx
    .insertInto("tools")
    .values({ organization_id: organizationId, sha256: tool.sha256, ...values })
    .onConflict((conflict) => conflict.columns(["organization_id", "sha256"]).doUpdateSet(values))
    .execute();
}

/** Takes a binary off the lock. */
export async function markWithdrawn(tx: Tx, sha256: string, by: { name: string; at: Date }): Promise<void> {
  await tx
    .updateTable("tools")
    .set({ withdrawn_at: by.at, withdrawn_by: by.name })
    .where("sha256", "=", sha256)
    .execute();
}
