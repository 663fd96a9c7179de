import { Severity } from "@plumbline/contract";
import type { Finding } from "@plumbline/contract";
import { sql } from "kysely";
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

/** What of the open ones is wanted. */
export interface OpenFilter {
  repository?: string | undefined;
  /** Names of environments. */
  environments?: readonly string[];
  workspace?: { component: string; environment: string } | undefined;
  offset?: number;
  limit?: number;
}

/** The open ones of declared workspaces; what blocks first at the top. */
export async function openKnownFindings(tx: Tx, filter: OpenFilter = {}) {
  const rows = await declared(tx, filter.repository)
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
    .$if(filter.environments !== undefined, (query) =>
      query.where(sql<boolean>`w.environment = any(${[...(filter.environments ?? [])]}::text[])`),
    )
    .$if(filter.workspace !== undefined, (query) =>
      query
        .where("w.component", "=", filter.workspace?.component ?? "")
        .where("w.environment", "=", filter.workspace?.environment ?? ""),
    )
    .orderBy("k.due_at", (order) => order.asc().nullsLast())
    .orderBy("k.first_seen_at")
    .orderBy("k.workspace_id")
    .orderBy("k.fingerprint")
    .$if(filter.offset !== undefined, (query) => query.offset(filter.offset ?? 0))
    .$if(filter.limit !== undefined, (query) => query.limit(filter.limit ?? 0))
    .execute();
  return rows.map((row) => ({ ...row, severity: Severity.parse(row.severity) }));
}

/** The open ones by these rules, in short; what blocks first at the top. */
export async function openFindingsOf(
  tx: Tx,
  rules: readonly string[],
): Promise<{ workspaceId: string; fingerprint: string; rule: string; address: string | null; file: string | null }[]> {
  return declared(tx, undefined)
    .select(["k.workspace_id as workspaceId", "k.fingerprint", "k.rule", "k.address", "k.file"])
    .where("k.closed_at", "is", null)
    .where(sql<boolean>`k.rule in (select unnest(${[...rules]}::text[]))`)
    .orderBy("k.due_at", (order) => order.asc().nullsLast())
    .orderBy("k.first_seen_at")
    .orderBy("k.workspace_id")
    .orderBy("k.fingerprint")
    .execute();
}

/** How many open ones there are of each rule. */
export async function countOpenByRule(
  tx: Tx,
  repository: string,
  environments: readonly string[],
): Promise<Map<string, number>> {
  const rows = await declared(tx, repository)
    .select(({ fn }) => ["k.rule", fn.countAll<number>().as("count")])
    .where("k.closed_at", "is", null)
    .where(sql<boolean>`w.environment = any(${[...environments]}::text[])`)
    .groupBy("k.rule")
    .execute();
  return new Map(rows.map(({ rule, count }) => [rule, Number(count)]));
}

/** A problem of what is or was applied in any of a component's workspaces, with when it was open. */
export interface FindingOfComponent {
  repository: string;
  component: string;
  rule: string;
  severity: Severity;
  /** Address of the resource, or the file. */
  subject: string;
  owners: readonly string[];
  /** A bit for each of the moments that were asked for, the lowest for the first: whether it was open then. */
  openAt: number;
}

/**
 * Those that were open at one of these moments (30 at most, in their order), in declared workspaces of these environments.
 * The same problem in several of them is one, so that there are as many rows as problems, not as workspaces.
 */
export async function findingHistory(
  tx: Tx,
  moments: readonly Date[],
  { repository, environments }: { repository: string | undefined; environments: readonly string[] },
): Promise<FindingOfComponent[]> {
  const all = sql`${moments.map((at) => at.toISOString())}::timestamptz[]`;
  // How many of the moments come before an instant.
  const before = (instant: ReturnType<typeof sql>) => sql`width_bucket(${instant} - interval '1 microsecond', ${all})`;
  const whole = (1 << moments.length) - 1;
  const open = sql<number>`bit_or(case when k.closed_at is null then ${sql.lit(whole)}
    else (1 << ${before(sql`k.closed_at`)}) - 1 end & ~((1 << ${before(sql`k.first_seen_at`)}) - 1))`;
  const rows = await declared(tx, repository)
    .select([
      "r.name as repository",
      "w.component",
      "k.rule",
      "k.severity",
      sql<string[]>`min(k.owners)`.as("owners"),
      sql<string>`coalesce(k.address, k.file, '')`.as("subject"),
      open.as("openAt"),
    ])
    .where((where) => where.or([where("k.closed_at", "is", null), where("k.closed_at", ">", moments[0] ?? new Date())]))
    .where(sql<boolean>`w.environment = any(${[...environments]}::text[])`)
    .groupBy(["r.name", "w.component", "k.rule", "k.severity", "subject"])
    .having(sql<boolean>`${open} <> 0`)
    .execute();
  return rows.map(({ severity, ...row }) => ({ ...row, severity: Severity.parse(severity) }));
}

/** Names of the environments that workspaces are in. */
export async function environmentsOfWorkspaces(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("workspaces").select("environment").distinct().execute();
  return rows.map(({ environment }) => environment);
}

/** Components of declared workspaces in these environments, with how much there is of each. */
export async function componentSizes(
  tx: Tx,
  { repository, environments }: { repository: string | undefined; environments: readonly string[] },
): Promise<{ repository: string; component: string; workspaces: number; resources: number }[]> {
  const rows = await tx
    .selectFrom("workspaces as w")
    .innerJoin("repositories as r", (join) =>
      join.onRef("r.organization_id", "=", "w.organization_id").onRef("r.repository_id", "=", "w.repository_id"),
    )
    .select(({ fn }) => [
      "r.name as repository",
      "w.component",
      fn.countAll<number>().as("workspaces"),
      fn.sum<number>("w.resource_count").as("resources"),
    ])
    .where(sql<boolean>`(w.declared or w.resource_count > 0)`)
    .where(sql<boolean>`w.environment = any(${[...environments]}::text[])`)
    .$if(repository !== undefined, (query) => query.where("r.name", "=", repository ?? ""))
    .groupBy(["r.name", "w.component"])
    .execute();
  return rows.map(({ workspaces, resources, ...row }) => ({
    ...row,
    workspaces: Number(workspaces),
    resources: Number(resources),
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
