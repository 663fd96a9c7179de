import { hasEnded } from "@plumbline/contract";
import type { Replay } from "@plumbline/contract";
import type { Tx } from "../../platform/database/pools.ts";
import { gateRules } from "../../findings/gate-rules.ts";
import { knownFindings } from "../../findings/finding-queries.ts";
import { byOwner, replayOf } from "../../findings/replay.ts";
import type { ReplayInput } from "../../findings/replay.ts";
import { openReader } from "../../repositories/repository-reader.ts";
import { allRepositories } from "../../repositories/find-repository.ts";
import { mainRules, policyRepository, rulesWithProposal } from "../../repositories/policy-repository.ts";
import { latestPlans } from "../../runs/latest-plans.ts";
import type { LatestPlan } from "../../runs/latest-plans.ts";
import { planDetailsOf } from "../../runs/plan-queries.ts";
import type { RunRecord } from "../../runs/run.ts";
import { findRuns } from "../../runs/run-queries.ts";
import { changed } from "../changed.ts";
import type { PullRequestFacts } from "../facts.ts";
import { newestPatchSets, setReplayed } from "../patch-sets/patch-set-store.ts";
import { pullRequestById } from "../pull-request-store.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";
import { changesPolicies, judgedBy, nameIn, needsJudgement } from "./judged-by.ts";
import { rulesDiffer } from "./rules-differ.ts";

/**
 * Has the newest plan of every workspace judged by the policies that a pull request proposes, on runners. What was
 * judged by the same policies already is not judged again.
 */
export async function replayPolicies(
  context: PullRequestsContext,
  organizationId: string,
  pullRequestId: string,
): Promise<void> {
  const found = await context.db.transaction(organizationId, async (tx) => {
    const pullRequest = await pullRequestById(tx, pullRequestId);
    const patchSet = (await newestPatchSets(tx, [pullRequestId])).get(pullRequestId);
    if (pullRequest?.status !== "open" || patchSet === undefined || patchSet.trialCommit === null) return undefined;
    if (!needsJudgement(patchSet.changedPaths)) return undefined;
    const repositories = await judgedBy(tx, pullRequest.repositoryId);
    const replays = await replaysOf(tx, pullRequestId);
    return { pullRequest, patchSet, rulesCommit: patchSet.trialCommit, replays, repositories };
  });
  if (found === undefined) return;
  const { pullRequest, patchSet, rulesCommit, replays, repositories } = found;
  const key = { organizationId, repositoryId: pullRequest.repositoryId };
  const reader = await openReader(context.caches, key, context.forge.objects(key));
  const same = new Map<string, boolean>();
  for (const { proposed } of replays)
    if (proposed !== null && !same.has(proposed.commit))
      same.set(proposed.commit, !(await rulesDiffer(reader, proposed.commit, rulesCommit)));
  await context.db.transaction(organizationId, async (tx) => {
    const plans: LatestPlan[] = [];
    for (const { repositoryId } of repositories)
      plans.push(...(await latestPlans(tx, repositoryId, { without: pullRequestId })));
    const good = replays.filter(
      ({ proposed, status }) =>
        same.get(proposed?.commit ?? "") === true && !["failed", "canceled", "superseded"].includes(status),
    );
    const judged = new Map(good.map((run) => [run.planned?.runId, run.id]));
    const keep = new Set(plans.flatMap(({ runId }) => judged.get(runId) ?? []));
    const planRunIds = plans.map(({ runId }) => runId).filter((runId) => !judged.has(runId));
    await context.runs.startReplayRuns(
      tx,
      organizationId,
      { pullRequestId, patchSetId: patchSet.id, rulesCommit, planRunIds },
      keep,
    );
    await setReplayed(tx, patchSet.id, rulesCommit);
    await changed(tx, pullRequest);
  });
}

/** Replays of a pull request, newest first. */
function replaysOf(tx: Tx, pullRequestId: string): Promise<RunRecord[]> {
  return findRuns(tx, { pullRequestId, kind: "replay" });
}

/** What a pull request's change of policies would do; undefined where it changes none. */
export async function replayOfFacts(
  tx: Tx,
  context: PullRequestsContext,
  facts: PullRequestFacts,
): Promise<Replay | undefined> {
  const { patchSet, pullRequest, repository } = facts;
  if (patchSet.trialCommit === null || !changesPolicies(patchSet.changedPaths)) return undefined;
  const policies = await policyRepository(tx);
  const isPolicies = policies?.repositoryId === repository.repositoryId;
  const judge = needsJudgement(patchSet.changedPaths);
  const replays = judge ? await replaysOf(tx, pullRequest.id) : [];
  const parts: Replay[] = [];
  // Waivers let nothing pass but in their own repository.
  for (const judged of isPolicies && judge ? await allRepositories(tx) : [repository]) {
    const isOwn = judged.repositoryId === repository.repositoryId;
    const plans = await latestPlans(tx, judged.repositoryId, { without: pullRequest.id, withChanges: true });
    const known = await knownFindings(
      tx,
      plans.map(({ workspace }) => workspace.id),
    );
    const inputs: ReplayInput[] = [];
    for (const plan of plans) {
      const name = isOwn ? plan.workspace.name : nameIn([judged], judged.repositoryId, plan.workspace.name);
      const common = {
        plan: { ...plan, workspace: { ...plan.workspace, name } },
        known: known.get(plan.workspace.id) ?? [],
      };
      if (judge) inputs.push({ ...common, ...(await judgedAnew(tx, plan, replays)) });
      else inputs.push({ ...common, judged: { findings: plan.findings, failures: [] }, failed: null });
    }
    const main = isOwn ? facts.rules : await mainRules(tx, context, judged);
    const proposal = { proposing: repository, commit: patchSet.trialCommit };
    parts.push(
      replayOf(inputs, {
        main: gateRules(main),
        proposed: gateRules(await rulesWithProposal(context, judged, proposal, policies)),
        now: context.clock.now(),
      }),
    );
  }
  const findings = parts.flatMap((part) => part.findings);
  const isBegun = !judge || patchSet.replayedCommit === patchSet.trialCommit;
  return {
    state: !isBegun || parts.some(({ state }) => state === "running") ? "running" : "done",
    workspaces: [...parts.flatMap(({ workspaces }) => workspaces), ...facts.unplanned.map(unplanned)],
    findings,
    teams: byOwner(findings),
  };
}

/** A workspace with resources that there is no plan of. */
function unplanned({ name, environment }: PullRequestFacts["unplanned"][number]): Replay["workspaces"][number] {
  return {
    workspace: name,
    environment,
    run: null,
    applied: false,
    state: "not_judged",
    detail:
      "It has resources, and no plan that could be judged. Have it planned by a pull request, then plan this one again.",
    blockingBefore: 0,
    blockingAfter: 0,
  };
}

/** The newest replay of a plan: those of older policies have given way to it. */
async function judgedAnew(
  tx: Tx,
  plan: LatestPlan,
  replays: readonly RunRecord[],
): Promise<Pick<ReplayInput, "judged" | "failed">> {
  const run = replays.find(({ planned }) => planned?.runId === plan.runId);
  if (run === undefined || !hasEnded(run.status)) return { judged: undefined, failed: null };
  if (run.status !== "finished")
    return { judged: undefined, failed: run.error?.detail ?? run.reason ?? `The replay was ${run.status}.` };
  const { findings, failures } = await planDetailsOf(tx, run.id);
  return { judged: { findings, failures: failures.map(({ message }) => message) }, failed: null };
}

/** A replay of which only some environments are shown. */
export function shownReplay(replay: Replay, mayRead: (environment: string) => boolean): Replay {
  const workspaces = replay.workspaces.filter(({ environment }) => mayRead(environment));
  const names = new Set(workspaces.map(({ workspace }) => workspace));
  const findings = replay.findings.filter(({ workspace }) => names.has(workspace));
  return { ...replay, workspaces, findings, teams: byOwner(findings) };
}
