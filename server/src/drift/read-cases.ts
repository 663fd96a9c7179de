import type { Can, DriftCase, DriftCaseStatus, DriftCaseSummary } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize, canDo, may } from "../access/authorize.ts";
import { sumOfReadable } from "../access/sum-of-readable.ts";
import { authorizeReading, expressionsToRead } from "../access/kept-to-clients.ts";
import { searchWords } from "../platform/database/search-words.ts";
import { workspaceByName } from "../states/workspace-ref.ts";
import { findCases, openByEnvironment } from "./case-store.ts";
import { caseSentence, standing } from "./drift-case.ts";
import type { DriftCaseRecord } from "./drift-case.ts";
import type { DriftContext } from "./drift-context.ts";

/** Cases of environments the actor may read, open ones first. The cursor counts what was shown. */
export async function listDriftCases(
  context: Pick<DriftContext, "db">,
  actor: Actor,
  query: {
    status?: DriftCaseStatus | undefined;
    workspace?: string | undefined;
    repository?: string | undefined;
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ items: DriftCaseSummary[]; cursor: string | null }> {
  authorize(actor, "environment.read");
  const offset = Number(query.cursor ?? 0);
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw problem("invalid_request", "This is not a cursor of this list.");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspaceId =
      query.workspace === undefined ? undefined : (await workspaceByName(tx, actor, query.workspace)).id;
    const found = await findCases(tx, {
      workspaceId,
      repository: query.repository,
      status: query.status,
      words: searchWords(query.search),
      environments: expressionsToRead(actor),
      offset,
      limit: query.limit,
    });
    return {
      items: found.filter(({ environment }) => may(actor, "environment.read", environment)).map(summarizeCase),
      cursor: found.length < query.limit ? null : String(offset + found.length),
    };
  });
}

/** How many cases of a repository are open, in environments that the actor may read. */
export async function countOpenCases(
  context: Pick<DriftContext, "db">,
  actor: Actor,
  repository: string,
): Promise<number> {
  authorize(actor, "environment.read");
  const open = await context.db.transaction(actor.organizationId, (tx) => openByEnvironment(tx, repository));
  return sumOfReadable(actor, open);
}

/** A case with everything its page shows. */
export async function getDriftCase(
  context: Pick<DriftContext, "db">,
  actor: Actor,
  number: number,
): Promise<DriftCase> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const [record] = await findCases(tx, { number });
    if (record === undefined) throw problem("not_found", `There is no drift case ${number}.`);
    authorizeReading(actor, record.environment, () => problem("not_found", `There is no drift case ${number}.`));
    return {
      ...summarizeCase(record),
      changes: record.resources,
      findings: record.findings,
      openedRun: record.openedRun,
      lastRun: record.lastRun,
      closedRun: record.closedRun,
      timeline: record.timeline,
      sentence: caseSentence(record),
      can: { revert: canRevert(actor, record) },
    };
  });
}

/** A case in a list. */
function summarizeCase(record: DriftCaseRecord): DriftCaseSummary {
  return {
    number: record.number,
    workspace: record.workspace,
    repository: record.repository,
    environment: record.environment,
    status: standing(record),
    severity: record.severity,
    title: record.title,
    openedAt: record.openedAt.toISOString(),
    lastCleanAt: record.lastCleanAt?.toISOString() ?? null,
    lastSeenAt: record.lastSeenAt.toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    owners: record.owners.map((owner) => owner.replace(/^@/, "")),
    pullRequest: record.pullRequest?.number ?? null,
    resources: record.resources.length,
  };
}

function canRevert(actor: Actor, record: DriftCaseRecord): Can {
  const status = standing(record);
  if (status === "closed") return { allowed: false, reason: "It is closed." };
  if (status === "reverting")
    return { allowed: false, reason: `#${record.pullRequest?.number ?? "?"} undoes it already.` };
  return canDo(actor, "environment.propose", record.environment);
}
