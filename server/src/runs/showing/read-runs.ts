import type { listRuns as listEndpoint, LogLine, Run, RunSummary } from "@plumbline/contract";
import { hasEnded, problem } from "@plumbline/contract";
import type { Pruned } from "@plumbline/contract/pruned";
import type { z } from "zod";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { expressionsToRead } from "../../access/kept-to-clients.ts";
import { searchWords } from "../../platform/database/search-words.ts";
import { workspaceByName } from "../../states/workspace-ref.ts";
import { logLinesAfter } from "../event-store.ts";
import { prunedAt } from "./pruned.ts";
import { presentRun, summarizeRun } from "./present-run.ts";
import type { RunRecord } from "../run.ts";
import { runSeenBy } from "../run-seen-by.ts";
import { findRuns } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";

type ListQuery = z.output<NonNullable<(typeof listEndpoint)["query"]>>;

/** Runs of environments the actor may read, newest first; the cursor is the last number shown. */
export async function listRuns(
  context: RunsContext,
  actor: Actor,
  query: ListQuery,
): Promise<{ items: RunSummary[]; cursor: string | null }> {
  authorize(actor, "environment.read", query.environment);
  const before = query.cursor === undefined ? undefined : Number(query.cursor);
  if (before !== undefined && !Number.isSafeInteger(before))
    throw problem("invalid_request", "This is not a cursor of this list.");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const runs = await findRuns(tx, {
      kind: query.kind,
      status: query.status === undefined ? undefined : [query.status],
      workspaceId: query.workspace === undefined ? undefined : (await workspaceByName(tx, actor, query.workspace)).id,
      repository: query.repository,
      environment: query.environment,
      pullRequest: query.pullRequest,
      words: searchWords(query.search),
      environments: expressionsToRead(actor),
      before,
      limit: query.limit,
    });
    const last = runs.at(-1);
    return {
      items: runs.filter((run) => may(actor, "environment.read", run.workspace.environment)).map(summarizeRun),
      cursor: runs.length < query.limit || last === undefined ? null : String(last.number),
    };
  });
}

/** A run with everything its page shows. Throws `not_found`, `not_allowed`. */
export async function getRun(context: RunsContext, actor: Actor, number: number): Promise<Run> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const run = await runSeenBy(tx, actor, number);
    return presentRun(tx, context, actor, run);
  });
}

/** Lines of a run's log after a number, and whether more may come. Whole events only, so that no line is lost. */
export async function readLog(
  context: RunsContext,
  actor: Actor,
  number: number,
  after: number,
): Promise<{ lines: LogLine[]; ended: boolean; pruned?: Pruned }> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const run = await runSeenBy(tx, actor, number);
    const lines = await logLinesAfter(tx, run.id, after, 2_000);
    const isAll = lines.length === 0 || lines.at(-1)?.id === run.logLines;
    const pruned = prunedAt(run, run.logPrunedAt);
    return { lines, ended: isAll && isQuiet(run), ...(pruned === undefined ? {} : { pruned }) };
  });
}

/** Whether a log does not grow while nobody acts. */
function isQuiet(run: RunRecord): boolean {
  return hasEnded(run.status) || run.status === "held";
}
