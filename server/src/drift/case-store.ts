import { Finding, ResourceView } from "@plumbline/contract";
import type { DriftCaseStatus, Severity } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { holdsWord } from "../platform/database/search-words.ts";
import type { DriftCaseRecord, TimelineEntry } from "./drift-case.ts";

const Timeline = z.array(z.object({ at: z.string(), text: z.string(), actor: z.string() })) satisfies z.ZodType<
  TimelineEntry[]
>;

/** What to look for. */
export interface CaseFilter {
  number?: number | undefined;
  workspaceId?: string | undefined;
  status?: DriftCaseStatus | undefined;
  /** Name of the repository. */
  repository?: string | undefined;
  /** Regular expressions, one of which the environment's name matches. */
  environments?: readonly string[] | undefined;
  /** Words, each of which title or workspace hold, or is the case's number. */
  words?: readonly string[] | undefined;
  /** Only what is not closed. */
  open?: boolean | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

/** Cases, open ones first, then the newest first. Workspaces, runs and pull requests are only read for their names. */
export async function findCases(tx: Tx, filter: CaseFilter): Promise<DriftCaseRecord[]> {
  let query = tx
    .selectFrom("drift_cases as cases")
    .innerJoin("workspaces", (join) =>
      join
        .onRef("workspaces.organization_id", "=", "cases.organization_id")
        .onRef("workspaces.workspace_id", "=", "cases.workspace_id"),
    )
    .innerJoin("repositories", (join) =>
      join
        .onRef("repositories.organization_id", "=", "workspaces.organization_id")
        .onRef("repositories.repository_id", "=", "workspaces.repository_id"),
    )
    .leftJoin("runs as opened", (join) =>
      join
        .onRef("opened.organization_id", "=", "cases.organization_id")
        .onRef("opened.run_id", "=", "cases.opened_run_id"),
    )
    .leftJoin("runs as last", (join) =>
      join.onRef("last.organization_id", "=", "cases.organization_id").onRef("last.run_id", "=", "cases.last_run_id"),
    )
    .leftJoin("runs as closed", (join) =>
      join
        .onRef("closed.organization_id", "=", "cases.organization_id")
        .onRef("closed.run_id", "=", "cases.closed_run_id"),
    )
    .leftJoin("pull_requests", (join) =>
      join
        .onRef("pull_requests.organization_id", "=", "cases.organization_id")
        .onRef("pull_requests.pull_request_id", "=", "cases.pull_request_id"),
    )
    .selectAll("cases")
    .select([
      "workspaces.component",
      "workspaces.environment",
      "workspaces.repository_id",
      "repositories.name as repository",
      "opened.number as opened_run",
      "last.number as last_run",
      "closed.number as closed_run",
      "pull_requests.number as pull_request",
      "pull_requests.status as pull_request_status",
    ])
    .orderBy(sql`cases.status = 'closed'`)
    .orderBy("cases.number", "desc");
  if (filter.number !== undefined) query = query.where("cases.number", "=", filter.number);
  if (filter.workspaceId !== undefined) query = query.where("cases.workspace_id", "=", filter.workspaceId);
  if (filter.status !== undefined) query = query.where("cases.status", "=", filter.status);
  if (filter.repository !== undefined)
    query = query.where((where) =>
      where(
        "workspaces.repository_id",
        "=",
        where
          .selectFrom("repositories")
          .select("repository_id")
          .where("name", "=", filter.repository ?? ""),
      ),
    );
  if (filter.environments !== undefined)
    query = query.where(sql<boolean>`workspaces.environment ~ any(${[...filter.environments]}::text[])`);
  const text = sql`cases.title || ' ' || workspaces.component || '/' || workspaces.environment`;
  for (const word of filter.words ?? []) query = query.where(holdsWord(word, text, sql`cases.number`));
  if (filter.open === true) query = query.where("cases.status", "<>", "closed");
  if (filter.offset !== undefined) query = query.offset(filter.offset);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.drift_case_id,
    organizationId: row.organization_id,
    number: row.number,
    workspaceId: row.workspace_id,
    workspace: workspaceName(row.component, row.environment),
    repositoryId: row.repository_id,
    repository: row.repository,
    component: row.component,
    environment: row.environment,
    status: row.status,
    severity: row.severity,
    title: row.title,
    lastCleanAt: row.last_clean_at,
    openedAt: row.opened_at,
    lastSeenAt: row.last_seen_at,
    closedAt: row.closed_at,
    openedRun: row.opened_run ?? 0,
    lastRun: row.last_run ?? 0,
    closedRun: row.closed_run,
    resources: z.array(ResourceView).parse(row.resources),
    findings: z.array(Finding).parse(row.findings),
    owners: z.array(z.string()).parse(row.owners),
    timeline: Timeline.parse(row.timeline),
    pullRequest:
      row.pull_request === null || row.pull_request_status === null
        ? null
        : { number: row.pull_request, status: row.pull_request_status },
  }));
}

/** Adds a case. */
export async function insertCase(
  tx: Tx,
  organizationId: string,
  found: Pick<
    DriftCaseRecord,
    | "id"
    | "number"
    | "workspaceId"
    | "severity"
    | "title"
    | "lastCleanAt"
    | "openedAt"
    | "resources"
    | "findings"
    | "owners"
    | "timeline"
  > & { runId: string },
): Promise<void> {
  await tx
    .insertInto("drift_cases")
    .values({
      organization_id: organizationId,
      drift_case_id: found.id,
      number: found.number,
      workspace_id: found.workspaceId,
      status: "open",
      severity: found.severity,
      title: found.title,
      last_clean_at: found.lastCleanAt,
      opened_at: found.openedAt,
      last_seen_at: found.openedAt,
      opened_run_id: found.runId,
      last_run_id: found.runId,
      resources: JSON.stringify(found.resources),
      findings: JSON.stringify(found.findings),
      owners: JSON.stringify(found.owners),
      timeline: JSON.stringify(found.timeline),
    })
    .execute();
}

/** What changes about a case. */
export interface CaseChanges {
  status?: DriftCaseStatus;
  severity?: Severity;
  title?: string;
  resources?: ResourceView[];
  findings?: Finding[];
  timeline?: TimelineEntry[];
  lastSeenAt?: Date;
  lastRunId?: string;
  closedAt?: Date;
  closedRunId?: string;
  /** Number of the pull request that reverts it. */
  pullRequest?: number;
}

/** Changes a case. */
export async function changeCase(tx: Tx, caseId: string, changes: CaseChanges): Promise<void> {
  const { pullRequest } = changes;
  await tx
    .updateTable("drift_cases")
    .set({
      ...(changes.status === undefined ? {} : { status: changes.status }),
      ...(changes.severity === undefined ? {} : { severity: changes.severity }),
      ...(changes.title === undefined ? {} : { title: changes.title }),
      ...(changes.resources === undefined ? {} : { resources: JSON.stringify(changes.resources) }),
      ...(changes.findings === undefined ? {} : { findings: JSON.stringify(changes.findings) }),
      ...(changes.timeline === undefined ? {} : { timeline: JSON.stringify(changes.timeline) }),
      ...(changes.lastSeenAt === undefined ? {} : { last_seen_at: changes.lastSeenAt }),
      ...(changes.lastRunId === undefined ? {} : { last_run_id: changes.lastRunId }),
      ...(changes.closedAt === undefined ? {} : { closed_at: changes.closedAt }),
      ...(changes.closedRunId === undefined ? {} : { closed_run_id: changes.closedRunId }),
    })
    .$if(pullRequest !== undefined, (query) =>
      query.set((where) => ({
        pull_request_id: where
          .selectFrom("pull_requests")
          .select("pull_requests.pull_request_id")
          .whereRef("pull_requests.organization_id", "=", "drift_cases.organization_id")
          .where("pull_requests.number", "=", pullRequest ?? 0),
      })),
    )
    .where("drift_case_id", "=", caseId)
    .execute();
}

/** Cases that are not closed, of all workspaces or of these, without what they found. */
export async function openCases(
  tx: Tx,
  workspaceIds?: readonly string[],
): Promise<{ workspaceId: string; number: number; severity: Severity; title: string; pullRequest: number | null }[]> {
  return tx
    .selectFrom("drift_cases as cases")
    .leftJoin("pull_requests", (join) =>
      join
        .onRef("pull_requests.organization_id", "=", "cases.organization_id")
        .onRef("pull_requests.pull_request_id", "=", "cases.pull_request_id"),
    )
    .select([
      "cases.workspace_id as workspaceId",
      "cases.number",
      "cases.severity",
      "cases.title",
      "pull_requests.number as pullRequest",
    ])
    .where("cases.status", "<>", "closed")
    .$if(workspaceIds !== undefined, (query) =>
      query.where(sql<boolean>`cases.workspace_id = any(${[...(workspaceIds ?? [])]}::uuid[])`),
    )
    .execute();
}

/** How many cases of a repository are not closed, by environment. */
export async function openByEnvironment(tx: Tx, repository: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("drift_cases as c")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "c.organization_id").onRef("w.workspace_id", "=", "c.workspace_id"),
    )
    .innerJoin("repositories as r", (join) =>
      join.onRef("r.organization_id", "=", "w.organization_id").onRef("r.repository_id", "=", "w.repository_id"),
    )
    .select(({ fn }) => ["w.environment", fn.countAll<number>().as("count")])
    .where("c.status", "<>", "closed")
    .where("r.name", "=", repository)
    .groupBy("w.environment")
    .execute();
  return new Map(rows.map(({ environment, count }) => [environment, Number(count)]));
}

/** Cases of these workspaces that were open at some time since. */
export async function casesSince(
  tx: Tx,
  workspaceIds: readonly string[],
  since: Date,
): Promise<{ workspaceId: string; severity: Severity; openedAt: Date; closedAt: Date | null }[]> {
  if (workspaceIds.length === 0) return [];
  return tx
    .selectFrom("drift_cases")
    .select(["workspace_id as workspaceId", "severity", "opened_at as openedAt", "closed_at as closedAt"])
    .where(sql<boolean>`workspace_id = any(${[...workspaceIds]}::uuid[])`)
    .where((where) => where.or([where("closed_at", "is", null), where("closed_at", ">", since)]))
    .execute();
}

/** Ids of the runs that cases name. */
export async function runsOfCases(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("drift_cases").select(["opened_run_id", "last_run_id", "closed_run_id"]).execute();
  return [...new Set(rows.flatMap((row) => [row.opened_run_id, row.last_run_id, row.closed_run_id ?? []].flat()))];
}
