import { Severity } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";

/** A finding of what is or was applied, with when it came and went. */
export interface FindingOfComponent {
  repository: string;
  component: string;
  environment: string;
  rule: string;
  severity: Severity;
  /** Address of the resource, or the file. */
  subject: string;
  owners: readonly string[];
  firstSeenAt: Date;
  closedAt: Date | null;
}

/** Those that were open at some time since, in declared workspaces. */
export async function findingHistory(
  tx: Tx,
  since: Date,
  repository: string | undefined,
): Promise<FindingOfComponent[]> {
  const rows = await tx
    .selectFrom("known_findings as k")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "k.organization_id").onRef("w.workspace_id", "=", "k.workspace_id"),
    )
    .innerJoin("repositories as r", (join) =>
      join.onRef("r.organization_id", "=", "w.organization_id").onRef("r.repository_id", "=", "w.repository_id"),
    )
    .select([
      "r.name as repository",
      "w.component",
      "w.environment",
      "k.rule",
      "k.severity",
      "k.address",
      "k.file",
      "k.owners",
      "k.first_seen_at as firstSeenAt",
      "k.closed_at as closedAt",
    ])
    .where("w.declared", "=", true)
    .where((where) => where.or([where("k.closed_at", "is", null), where("k.closed_at", ">", since)]))
    .$if(repository !== undefined, (query) => query.where("r.name", "=", repository ?? ""))
    .execute();
  return rows.map(({ address, file, severity, ...row }) => ({
    ...row,
    severity: Severity.parse(severity),
    subject: address ?? file ?? "",
  }));
}
