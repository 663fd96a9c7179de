import { Severity } from "@plumbline/contract";
import type { Finding } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";

/** A finding of what is applied to a workspace. */
export interface KnownFindingRecord {
  fingerprint: string;
  rule: string;
  address: string | null;
  attribute: string | null;
  firstSeenAt: Date;
  dueAt: Date | null;
}

/** What is kept of one that is seen. */
export interface SeenFinding {
  finding: Pick<Finding, "fingerprint" | "rule" | "severity" | "title" | "address" | "attribute" | "place">;
  owners: readonly string[];
  firstSeenAt: Date;
  /** Null while its severity does not block. */
  dueAt: Date | null;
}

/** The open ones of these workspaces, by workspace. */
export async function knownFindings(
  tx: Tx,
  workspaceIds: readonly string[],
): Promise<Map<string, KnownFindingRecord[]>> {
  if (workspaceIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("known_findings")
    .select([
      "workspace_id as workspaceId",
      "fingerprint",
      "rule",
      "address",
      "attribute",
      "first_seen_at as firstSeenAt",
      "due_at as dueAt",
    ])
    .where("workspace_id", "in", [...workspaceIds])
    .where("closed_at", "is", null)
    .execute();
  return Map.groupBy(rows, ({ workspaceId }) => workspaceId);
}

/** Opens an entry, or brings an open one up to date: its dates stay, one that was missing is set. */
export async function putKnownFinding(
  tx: Tx,
  where: { organizationId: string; workspaceId: string },
  { finding, owners, firstSeenAt, dueAt }: SeenFinding,
): Promise<void> {
  const said = {
    rule: finding.rule,
    severity: finding.severity,
    title: finding.title,
    address: finding.address ?? null,
    attribute: finding.attribute ?? null,
    file: finding.place?.file ?? null,
    owners: [...owners],
  };
  await tx
    .insertInto("known_findings")
    .values({
      organization_id: where.organizationId,
      workspace_id: where.workspaceId,
      fingerprint: finding.fingerprint,
      ...said,
      first_seen_at: firstSeenAt,
      due_at: dueAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "workspace_id", "fingerprint"]).doUpdateSet((update) => ({
        ...said,
        first_seen_at: update
          .case()
          .when("known_findings.closed_at", "is", null)
          .then(update.ref("known_findings.first_seen_at"))
          .else(firstSeenAt)
          .end(),
        due_at: update
          .case()
          .when("known_findings.closed_at", "is", null)
          .then(update.fn.coalesce("known_findings.due_at", "excluded.due_at"))
          .else(dueAt)
          .end(),
        closed_at: null,
      })),
    )
    .execute();
}

/** Closes the open entries of a workspace that are not among these; answers how many. */
export async function closeOthers(tx: Tx, workspaceId: string, present: readonly string[], at: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("known_findings")
    .set({ closed_at: at })
    .where("workspace_id", "=", workspaceId)
    .where("closed_at", "is", null)
    .$if(present.length > 0, (query) => query.where("fingerprint", "not in", [...present]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The policies under which the applied plan of a workspace was judged; undefined where none was. */
export async function judgedUnder(tx: Tx, workspaceId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom("judged_workspaces")
    .select("policies_digest as digest")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  return row?.digest;
}

export async function setJudgedUnder(
  tx: Tx,
  where: { organizationId: string; workspaceId: string },
  digest: string,
): Promise<void> {
  await tx
    .insertInto("judged_workspaces")
    .values({ organization_id: where.organizationId, workspace_id: where.workspaceId, policies_digest: digest })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "workspace_id"]).doUpdateSet({ policies_digest: digest }),
    )
    .execute();
}

/** The open ones of all declared workspaces, or of one repository's; what blocks first at the top. */
export async function openKnownFindings(tx: Tx, repository: string | undefined) {
  const rows = await declared(tx, repository)
    .select([
      "r.name as repository",
      "w.component",
      "w.environment",
      "k.fingerprint",
      "k.rule",
      "k.severity",
      "k.title",
      "k.address",
      "k.file",
      "k.owners",
      "k.first_seen_at as firstSeenAt",
      "k.due_at as dueAt",
    ])
    .where("k.closed_at", "is", null)
    .orderBy("k.due_at", (order) => order.asc().nullsLast())
    .orderBy("k.first_seen_at")
    .orderBy("k.workspace_id")
    .orderBy("k.fingerprint")
    .execute();
  return rows.map((row) => ({ ...row, severity: Severity.parse(row.severity) }));
}

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
  const rows = await declared(tx, repository)
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
    .where((where) => where.or([where("k.closed_at", "is", null), where("k.closed_at", ">", since)]))
    .execute();
  return rows.map(({ address, file, severity, ...row }) => ({
    ...row,
    severity: Severity.parse(severity),
    subject: address ?? file ?? "",
  }));
}

/** Those of declared workspaces, with the names of what they belong to. */
function declared(tx: Tx, repository: string | undefined) {
  return tx
    .selectFrom("known_findings as k")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "k.organization_id").onRef("w.workspace_id", "=", "k.workspace_id"),
    )
    .innerJoin("repositories as r", (join) =>
      join.onRef("r.organization_id", "=", "w.organization_id").onRef("r.repository_id", "=", "w.repository_id"),
    )
    .where("w.declared", "=", true)
    .$if(repository !== undefined, (query) => query.where("r.name", "=", repository ?? ""));
}
