import type { PullRequest, PullRequestStatus, PullRequestSummary } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { numberOfWord, searchWords } from "../platform/database/search-words.ts";
import type { Tx } from "../platform/database/pools.ts";
import { repositoryNamed } from "../repositories/find-repository.ts";
import { readFactsOfAll } from "./facts.ts";
import { answerPullRequest } from "./load-pull-request.ts";
import { presentSummary } from "./showing/present.ts";
import { shownTo } from "./showing/shown-state.ts";
import { sightOf } from "./sight.ts";
import { findPullRequests, mergedBetween } from "./pull-request-store.ts";
import type { PullRequestFilter } from "./pull-request-store.ts";
import type { PullRequestsContext } from "./pull-requests-context.ts";

/** What a list of pull requests asks for. */
export interface ListRequest {
  repository?: string | undefined;
  status?: PullRequestStatus | undefined;
  waitsForMe?: boolean | undefined;
  /** Words, each of which the title holds, or is the number. */
  search?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Pull requests, newest first; `cursor` is what to give for the next page. */
export async function listPullRequests(
  context: PullRequestsContext,
  actor: Actor,
  request: ListRequest,
): Promise<{ items: PullRequestSummary[]; cursor: string | null }> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const repositoryId =
      request.repository === undefined
        ? undefined
        : (await repositoryNamed(tx, actor, request.repository)).repositoryId;
    return pageOf(tx, context, actor, { ...request, repositoryId });
  });
}

/** The newest of a repository that are open, or merged and not wholly applied: what somebody may still have to do with. */
export async function currentPullRequests(
  context: PullRequestsContext,
  actor: Actor,
  repository: string,
  limit: number,
): Promise<PullRequestSummary[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const { repositoryId } = await repositoryNamed(tx, actor, repository);
    const openOr = await context.runs.unappliedPullRequests(tx, repositoryId);
    return (await pageOf(tx, context, actor, { repositoryId, openOr, limit })).items;
  });
}

async function pageOf(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  request: Omit<ListRequest, "repository"> & Pick<PullRequestFilter, "repositoryId" | "openOr">,
): Promise<{ items: PullRequestSummary[]; cursor: string | null }> {
  const { repositoryId, status, openOr } = request;
  const words = searchWords(request.search);
  const items: PullRequestSummary[] = [];
  let before = request.cursor === undefined ? undefined : Number.parseInt(request.cursor, 10) || undefined;
  // Whether one waits for the caller is computed: pages are filled until there are enough or no more.
  for (;;) {
    const found = await findPullRequests(tx, { repositoryId, status, openOr, before, words }, request.limit + 1);
    const page = found.slice(0, request.limit);
    const sights = await sightOf(tx, context, actor, page);
    const seen = page.filter(({ id }) => sights.get(id) !== "none");
    const all = await readFactsOfAll(tx, context, seen);
    // What was found matters while it can still be mended.
    const open = all.filter(({ pullRequest }) => pullRequest.status === "open");
    const judgements = await context.runs.judgementsOf(
      tx,
      open.flatMap(({ affected }) => affected.flatMap((row) => row.runId ?? [])),
    );
    for (const facts of all) {
      const { pullRequest } = facts;
      before = pullRequest.number;
      const shown = shownTo(actor, facts, sights.get(pullRequest.id) === "part" ? "part" : "whole");
      const summary = presentSummary(shown, judgements, actor);
      if (fits(summary, request.waitsForMe, words)) items.push(summary);
      if (items.length === request.limit) return { items, cursor: String(before) };
    }
    if (found.length <= request.limit) return { items, cursor: null };
    before = page.at(-1)?.number ?? before;
  }
}

/** Whether it is asked for, as the caller sees it: nobody finds out by searching what a title hides from him. */
function fits(
  { number, title, waitsForMe }: PullRequestSummary,
  wanted: boolean | undefined,
  words: readonly string[],
): boolean {
  const isNamed = words.every((word) => title.toLowerCase().includes(word) || numberOfWord(word) === number);
  return isNamed && (wanted === undefined || waitsForMe === wanted);
}

/** One pull request. */
export async function getPullRequest(context: PullRequestsContext, actor: Actor, number: number): Promise<PullRequest> {
  authorize(actor, "repository.read");
  return answerPullRequest(context, actor, number);
}

/** Numbers of the pull requests that were merged in a period, the newest first; of each the caller asks whether he sees it. */
export async function listMergedBetween(
  context: Pick<PullRequestsContext, "db">,
  actor: Actor,
  from: Date,
  to: Date,
): Promise<number[]> {
  authorize(actor, "repository.read");
  return context.db.transaction(actor.organizationId, (tx) => mergedBetween(tx, from, to));
}
