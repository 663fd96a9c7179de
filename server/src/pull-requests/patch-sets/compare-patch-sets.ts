import { problem } from "@plumbline/contract";
import type { ComparedWorkspace, PatchSetComparison, PatchSetPlan } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { authorize, may } from "../../access/authorize.ts";
import { factsSeenBy } from "../load-pull-request.ts";
import { shownFile } from "./shown-file.ts";
import { affectedOf, patchSetsOf } from "./patch-set-store.ts";
import type { AffectedRecord, PatchSetRecord } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { RunFacts } from "../runs-port.ts";
import { filesSeenBy } from "../sight.ts";

/**
 * What differs between two patch sets, in environments that the caller may read. Files are those that either changes
 * against main, so that what others merged in between is left out. Throws `not_found` for a patch set that is none.
 */
export async function comparePatchSets(
  context: PullRequestsContext,
  actor: Actor,
  number: number,
  asked: { from: number; to: number },
): Promise<PatchSetComparison> {
  authorize(actor, "repository.read");
  const { facts, from, to, affected, runs } = await context.db.transaction(actor.organizationId, async (tx) => {
    const { facts } = await factsSeenBy(tx, context, actor, number);
    const patchSets = await patchSetsOf(tx, facts.pullRequest.id);
    const [from, to] = [patchSet(patchSets, asked.from), patchSet(patchSets, asked.to)];
    return {
      facts,
      from,
      to,
      affected: await affectedOf(tx, [from.id, to.id]),
      runs: await context.runs.runsOfPullRequests(tx, [facts.pullRequest.id]),
    };
  });
  const planOf = plansById(runs);
  const readable = affected.filter(({ environment }) => may(actor, "environment.read", environment));
  const workspaces = [...new Set(readable.map(({ workspace }) => workspace))].map((workspace) => {
    const rowIn = ({ id }: PatchSetRecord) =>
      readable.find((row) => row.patchSetId === id && row.workspace === workspace);
    return compared(workspace, rowIn(from), rowIn(to), planOf);
  });
  const touched = new Set([...from.changedPaths, ...to.changedPaths]);
  const files =
    from.commit === to.commit ? [] : await context.forge.objects(facts.repository).diff(from.commit, to.commit);
  return {
    from: from.number,
    to: to.number,
    otherBase: from.base !== to.base,
    workspaces,
    files: filesSeenBy(actor, facts.rules, files)
      .filter(({ path, oldPath }) => touched.has(path) || (oldPath !== null && touched.has(oldPath)))
      .map((file) => shownFile(file, facts.rules)),
  };
}

function patchSet(all: readonly PatchSetRecord[], number: number): PatchSetRecord {
  const found = all.find((one) => one.number === number);
  if (found === undefined) throw problem("not_found", `There is no patch set ${number}.`);
  return found;
}

function plansById(runs: readonly RunFacts[]): (row: AffectedRecord | undefined) => PatchSetPlan | null {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return (row) => {
    const run = byId.get(row?.runId ?? "");
    return run === undefined
      ? null
      : { run: run.number, status: run.status, digest: run.digest, counts: run.digest === null ? null : run.counts };
  };
}

function compared(
  workspace: string,
  before: AffectedRecord | undefined,
  after: AffectedRecord | undefined,
  planOf: (row: AffectedRecord | undefined) => PatchSetPlan | null,
): ComparedWorkspace {
  const [from, to] = [planOf(before), planOf(after)];
  const [old, now] = [from?.digest ?? null, to?.digest ?? null];
  if (before === undefined) return { workspace, change: "added", from, to };
  if (after === undefined) return { workspace, change: "removed", from, to };
  if (old === null || now === null) return { workspace, change: "unknown", from, to };
  return { workspace, change: old === now ? "same" : "different", from, to };
}
