import { announce } from "../../platform/live.ts";
import type { Tx } from "../../platform/database/pools.ts";
import type { PersonView } from "../../people/find-people.ts";
import { tidyLater } from "../../repositories/tidy-repository.ts";
import { repositoryWithId } from "../../repositories/find-repository.ts";
import { judgedUnder, policiesDigest } from "../../repositories/policies-digest.ts";
import { mainRules } from "../../repositories/policy-repository.ts";
import { ensureWorkspaces } from "../../repositories/sync-workspaces.ts";
import type { WorkspaceRow } from "../../repositories/sync-workspaces.ts";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { DraftWorkspace, PatchSetDraft } from "./patch-set-draft.ts";
import {
  addContributors,
  affectedOf,
  insertPatchSet,
  replaceAffected,
  setAffectedRuns,
  updatePatchSet,
} from "./patch-set-store.ts";
import type { NewAffected } from "./patch-set-store.ts";
import { contributorsByAddress } from "./known-contributors.ts";
import type { AffectedRecord, Contributor, PatchSetRecord, PullRequestRecord } from "../pull-request.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import type { PlanRequest } from "../../runs/starting/start-runs.ts";
import type { RunFacts } from "../runs-port.ts";
import { addTask } from "../../platform/tasks/index.ts";
import { changesPolicies } from "../replays/judged-by.ts";
import { refreshTask, replayTask } from "../pull-request-tasks.ts";
import { addPromotedContributors } from "./promoted-contributors.ts";
import { auditVoided, reviewApprovals } from "../approving/review-approvals.ts";

/** What to store, and for whom. */
export interface StoreRequest {
  pullRequest: Pick<PullRequestRecord, "organizationId" | "id" | "number" | "repositoryId">;
  draft: PatchSetDraft;
  /** The newest patch set so far; undefined for the first. */
  previous: PatchSetRecord | undefined;
  /** `rebased`: the same commits against a newer main; the patch set keeps its number. */
  kind: "pushed" | "rebased";
  pushedBy: string | null;
  people: readonly PersonView[];
  /** False: nothing is planned for now, since a plan shows its proposer what an environment holds. */
  mayPlan: boolean;
  /** Everything is planned again, also what would come out the same. */
  anew?: boolean;
}

/**
 * Stores a patch set and starts the plans it needs, in the caller's transaction, which holds the repository's lock.
 * A plan whose inputs, state and upstream plans are the same, and that main's policies judged, is kept. Answers how many plans were started.
 */
export async function storePatchSet(tx: Tx, context: PullRequestsContext, request: StoreRequest): Promise<number> {
  const { pullRequest, draft, previous } = request;
  const { organizationId, repositoryId } = pullRequest;
  const rows = await ensureWorkspaces(
    tx,
    context.newId,
    { organizationId, repositoryId },
    draft.affected.filter((workspace) => workspace.declared.renamedFrom === undefined).map(({ declared }) => declared),
  );
  const before = previous === undefined ? [] : await affectedOf(tx, [previous.id]);
  const runs = new Map((await context.runs.runsOfPullRequests(tx, [pullRequest.id])).map((run) => [run.id, run]));
  const patchSetId = request.kind === "rebased" && previous !== undefined ? previous.id : context.newId();
  if (request.kind === "rebased") await updatePatchSet(tx, patchSetId, draft);
  else
    await insertPatchSet(tx, organizationId, {
      ...draft,
      id: patchSetId,
      pullRequestId: pullRequest.id,
      number: (previous?.number ?? 0) + 1,
      pushedBy: request.pushedBy,
    });
  const affected = placeDrafts(draft.affected, rows, patchSetId);
  const planned = before.flatMap((row) => row.runId ?? []);
  const oldInputs = await context.runs.changedInputs(tx, organizationId, planned);
  const repository = await repositoryWithId(tx, repositoryId);
  const policies = policiesDigest(await mainRules(tx, context, repository));
  if (request.anew !== true) keepPlans(affected, before, { runs, policies, oldInputs: new Set(oldInputs.keys()) });
  await replaceAffected(tx, organizationId, patchSetId, affected);
  const kept = new Set(affected.flatMap((row) => (row.runId === null ? [] : [row.runId])));
  await context.runs.supersedePlanRuns(tx, organizationId, pullRequest.id, "A newer patch set is planned.", kept);
  const wanted = affected.filter((row) => request.mayPlan && row.inputTree !== null && row.runId === null);
  const started = wanted.length === 0 ? new Map() : await startPlans(tx, context, pullRequest, affected, wanted);
  await setAffectedRuns(
    tx,
    patchSetId,
    [...started].map(([workspaceId, { runId }]) => ({ workspaceId, runId })),
  );
  await addContributors(tx, organizationId, pullRequest.id, contributorsOfDraft(request));
  await addPromotedContributors(tx, pullRequest, draft);
  const voided = await reviewApprovals(tx, context, pullRequest.id);
  await tidyLater(tx, context, { organizationId, repositoryId });
  if (changesPolicies(draft.changedPaths))
    await addTask(
      tx,
      replayTask,
      { organizationId, pullRequestId: pullRequest.id },
      { jobKey: `replay:${pullRequest.id}` },
    );
  await addTask(
    tx,
    refreshTask,
    { organizationId, pullRequestId: pullRequest.id },
    { jobKey: `refresh:${pullRequest.id}` },
  );
  await announce(tx, organizationId, [
    `pull-request:${pullRequest.number}`,
    "overview",
    ...draft.affected.map((workspace) => `workspace:${workspace.name}`),
  ]);
  await auditVoided(tx, pullRequest, voided);
  return started.size;
}

/** Gives each draft its row and its place. A renamed workspace is planned in the row that holds its state. */
function placeDrafts(
  drafts: readonly DraftWorkspace[],
  rows: ReadonlyMap<string, WorkspaceRow>,
  patchSetId: string,
): NewAffected[] {
  const rowOf = (draft: DraftWorkspace) => {
    const former = draft.declared.renamedFrom;
    return rows.get(former === undefined ? draft.name : workspaceName(former.component, former.environment));
  };
  const ids = new Map(drafts.flatMap((draft) => [[draft.name, rowOf(draft)?.workspaceId ?? ""]]));
  return drafts.flatMap((draft, position) => {
    const row = rowOf(draft);
    if (row === undefined) return [];
    return [
      {
        patchSetId,
        workspaceId: row.workspaceId,
        position,
        stage: draft.stage,
        relation: draft.relation,
        touchedPaths: draft.touchedPaths,
        codeCommit: draft.codeCommit,
        valuesCommit: draft.valuesCommit,
        inputTree: draft.inputTree,
        destroy: draft.destroy,
        needs: draft.needs.flatMap((name) => ids.get(name) ?? []).filter((id) => id !== ""),
        runId: null,
      },
    ];
  });
}

/**
 * Keeps the runs of plans that would come out the same: equal input, the state, the values from other states and the
 * policies unchanged, and whatever they need kept too. The list is in dependency order, so one pass does.
 */
function keepPlans(
  affected: NewAffected[],
  before: readonly AffectedRecord[],
  now: { runs: ReadonlyMap<string, RunFacts>; policies: string; oldInputs: ReadonlySet<string> },
): void {
  const old = new Map(before.map((row) => [row.workspaceId, row]));
  const kept = new Set<string>();
  for (const row of affected) {
    const previous = old.get(row.workspaceId);
    const run = now.runs.get(previous?.runId ?? "");
    if (previous === undefined || run === undefined || row.inputTree === null) continue;
    const same =
      previous.inputTree === row.inputTree &&
      previous.destroy === row.destroy &&
      sameMembers(previous.needs, row.needs) &&
      row.needs.every((id) => kept.has(id));
    // What nobody has begun to judge will be judged by what holds then.
    const usable =
      run.status === "waits" ||
      run.status === "queued" ||
      (run.policiesDigest === judgedUnder(now.policies, run.workspace) &&
        (run.status === "running" || (run.status === "finished" && run.stateVersionBefore === previous.stateVersion)));
    if (!same || !usable || now.oldInputs.has(run.id)) continue;
    row.runId = run.id;
    kept.add(row.workspaceId);
  }
}

async function startPlans(
  tx: Tx,
  context: PullRequestsContext,
  pullRequest: StoreRequest["pullRequest"],
  affected: readonly NewAffected[],
  wanted: readonly NewAffected[],
): Promise<ReadonlyMap<string, { runId: string; number: number }>> {
  const planned = new Set(affected.filter((row) => row.inputTree !== null).map((row) => row.workspaceId));
  const requests = wanted.map((row): PlanRequest => ({
    workspaceId: row.workspaceId,
    pullRequestId: pullRequest.id,
    patchSetId: row.patchSetId,
    codeCommit: row.codeCommit,
    valuesCommit: row.valuesCommit,
    destroy: row.destroy,
    stage: row.stage,
    // A destruction is planned from the state alone: it needs nobody's outputs.
    needs: row.destroy ? [] : row.needs.filter((id) => planned.has(id)),
  }));
  return context.runs.startPlanRuns(tx, pullRequest.organizationId, requests);
}

function contributorsOfDraft({ draft, people, pushedBy }: StoreRequest): Contributor[] {
  const found = contributorsByAddress(draft.addresses, people);
  return pushedBy === null ? found : [...found, { personId: pushedBy, reason: "pushed" }];
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one) => right.includes(one));
}
