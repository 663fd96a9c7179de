import { approvePullRequest, getPullRequest, getRun, getRunLog, mergePullRequest } from "@plumbline/contract";
import type { PullRequest } from "@plumbline/contract";
import type { ApiClient } from "./api.ts";
import type { Clone } from "./git.ts";
import { until } from "./wait.ts";

/** Pushes HEAD to refs/for/main and answers the number of the pull request whose address git printed. */
export async function pushForReview(
  clone: Clone,
  options: { topic?: string; pushOptions?: string[] } = {},
): Promise<number> {
  const target = options.topic === undefined ? "HEAD:refs/for/main" : `HEAD:refs/for/main/${options.topic}`;
  const output = await clone.must(
    "push",
    ...(options.pushOptions ?? []).flatMap((option) => ["-o", option]),
    "origin",
    target,
  );
  return numberIn(output);
}

/** The number in the address of a pull request that git printed. */
function numberIn(output: string): number {
  const found = /\/pull-requests\/(\d+)/.exec(output)?.[1];
  if (found === undefined) throw new Error(`git printed no address of a pull request:\n${output}`);
  return Number(found);
}

/** The pull request as this person sees it. */
export function pullRequest(client: ApiClient, number: number): Promise<PullRequest> {
  return client.call(getPullRequest, { params: { number } });
}

/** Waits until every affected workspace is planned, waits for an upstream, or cannot be planned. */
export function plansOf(client: ApiClient, number: number, seconds = 300): Promise<PullRequest> {
  return until(
    `the plans of #${number}`,
    async () => {
      const seen = await pullRequest(client, number);
      return seen.state === "planning" ? undefined : seen;
    },
    { seconds, state: () => describe(client, number) },
  );
}

/**
 * Approves exactly the plans that the pull request shows to this person now: before the merge those of its newest patch
 * set, after it those of the runs that are held.
 */
export async function approve(
  client: ApiClient,
  number: number,
  meaning = "I read these plans and answer for them",
): Promise<PullRequest> {
  const seen = await pullRequest(client, number);
  const digests = seen.status === "merged" ? await heldDigests(client, seen) : plannedDigests(seen);
  return client.call(approvePullRequest, { params: { number }, body: { meaning, digests } });
}

function plannedDigests({ affected }: PullRequest): { workspace: string; digest: string }[] {
  return affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
}

async function heldDigests(
  client: ApiClient,
  { affected }: PullRequest,
): Promise<{ workspace: string; digest: string }[]> {
  const held = affected.flatMap(({ applyRun, applyStatus }) =>
    applyRun !== null && applyStatus === "held" ? [applyRun] : [],
  );
  const runs = await Promise.all(held.map((run) => client.call(getRun, { params: { number: run } })));
  return runs.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
}

/** Merges. */
export function merge(client: ApiClient, number: number): Promise<PullRequest> {
  return client.call(mergePullRequest, { params: { number } });
}

/**
 * Waits until a merged pull request is applied everywhere. Runs that are held are approved by `approvers`, one after
 * the other, as people would. Throws where a run failed.
 */
export function applied(
  client: ApiClient,
  number: number,
  approvers: ApiClient[] = [],
  seconds = 600,
): Promise<PullRequest> {
  return until(
    `#${number} applied`,
    async () => {
      const seen = await pullRequest(client, number);
      if (seen.state === "applied") return seen;
      if (seen.state === "failed" || seen.state === "unapplied" || seen.state === "closed")
        throw new Error(await describe(client, number));
      if (seen.state === "held")
        for (const approver of approvers) if (seen.state === "held") await approve(approver, number).catch(ignoreDone);
      return undefined;
    },
    { seconds, state: () => describe(client, number) },
  );
}

/** Somebody else's approval was enough already, or the plan is being made anew: look again. */
function ignoreDone(error: unknown): void {
  if (error instanceof Error && /^(plan_changed|wrong_status|conflict|approval_refused: Nothing)/.test(error.message))
    return;
  throw error;
}

/** Everything that helps to understand why a pull request is where it is. */
export async function describe(client: ApiClient, number: number): Promise<string> {
  const seen = await pullRequest(client, number);
  const lines = [
    `#${number} ${seen.title}: ${seen.status}, ${seen.state}. ${seen.sentence}`,
    ...seen.gate.map(
      (condition) =>
        `  ${condition.met ? "met  " : "unmet"} ${condition.title}: ${condition.detail} [${condition.who.join(", ")}]`,
    ),
    ...seen.affected.map(
      (one) =>
        `  ${one.workspace}: plan ${one.runStatus} (${one.line}), apply ${one.applyStatus ?? "-"}${one.later === null ? "" : `; later: ${one.later}`}`,
    ),
    ...(seen.patchSets.at(-1)?.problems ?? []).map(
      (problem) => `  ${problem.file}:${problem.line}: ${problem.message}`,
    ),
  ];
  const troubled = seen.affected.flatMap(({ run, runStatus, applyRun, applyStatus }) => [
    ...(run !== null && runStatus === "failed" ? [run] : []),
    ...(applyRun !== null && (applyStatus === "failed" || applyStatus === "unknown") ? [applyRun] : []),
  ]);
  for (const run of troubled.slice(0, 2)) lines.push(await describeRun(client, run));
  return lines.join("\n");
}

async function describeRun(client: ApiClient, number: number): Promise<string> {
  const run = await client.call(getRun, { params: { number } });
  const log = await client.call(getRunLog, { params: { number }, query: {} });
  return [
    `  run ${number} ${run.kind} ${run.workspace}: ${run.status} ${run.reason ?? ""} ${JSON.stringify(run.error)}`,
    ...log.lines.slice(-25).map(({ phase, text }) => `    ${phase}: ${text}`),
  ].join("\n");
}
