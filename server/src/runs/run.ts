import type { PlanCounts, RunError, RunKind, RunPhase, RunStatus } from "@plumbline/contract";
import { problem, runTransitions } from "@plumbline/contract";
import type { WorkspaceRef } from "../states/workspace-ref.ts";

/** Why a run waits. upstream: a plan is not ready; outputs: a value is known after apply only; engine: no accepted one fits; the rest: applies. */
export type WaitsFor = "upstream" | "outputs" | "queue" | "needs" | "stage" | "frozen" | "engine";

/** What the runner was told after planning. */
export type PlanDecision = "stop" | "apply" | "hold";

/** The plan that an apply run may apply as it is: where its bytes lie, and what it was made from. */
export interface ApprovedPlan {
  runId: string;
  run: number;
  /** The epoch under which its artifacts were uploaded. */
  epoch: number;
  digest: string;
  planSha256: string | null;
  stateVersion: number | null;
  inputsDigest: string | null;
  inputTree: string | null;
  engineSha256: string | null;
  provisional: boolean;
  counts: PlanCounts | null;
  blocking: number;
  /** What it was judged by. */
  policiesDigest: string | null;
}

/** An apply run in one of these has not ended well. */
export const unappliedStates = [
  "waits",
  "queued",
  "running",
  "held",
  "failed",
  "unknown",
  "expired",
  "canceled",
] as const satisfies RunStatus[];

/** A run, without the large parts of its plan. */
export interface RunRecord {
  organizationId: string;
  id: string;
  number: number;
  kind: RunKind;
  status: RunStatus;
  reason: string | null;
  waitsFor: WaitsFor | null;
  phase: RunPhase | null;
  workspace: WorkspaceRef;
  pullRequestId: string | null;
  /** Its number. */
  pullRequest: number | null;
  patchSetId: string | null;
  codeCommit: string;
  valuesCommit: string;
  inputTree: string | null;
  destroy: boolean;
  engine: { name: string; constraint: string } | null;
  mergeSequence: number | null;
  stage: number;
  planned: ApprovedPlan | null;
  /** Of a replay: the commit whose policies judge, and its repository; null for every other run, which main's judge. */
  proposed: { repositoryId: string; commit: string } | null;
  /** A person looks at the plan, whatever its digest. */
  holdRequired: boolean;
  attempt: number;
  epoch: number;
  runnerId: string | null;
  runner: string | null;
  /** Whether that runner's token was ended: then it may report nothing any more. */
  runnerRevoked: boolean;
  leaseExpiresAt: Date | null;
  requeues: number;
  /** When the writing credential was handed out under this epoch. */
  applyStartedAt: Date | null;
  cancelRequestedAt: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  heldAt: Date | null;
  finishedAt: Date | null;
  inputsDigest: string | null;
  /** What it is judged under since it was claimed: policies, environment and layer. */
  policiesDigest: string | null;
  provisional: boolean;
  stateVersionBefore: number | null;
  stateVersionAfter: number | null;
  /** The version it was given under its epoch. */
  stateVersionRead: number | null;
  planEpoch: number | null;
  planJsonSha256: string | null;
  decision: PlanDecision | null;
  planSha256: string | null;
  digest: string | null;
  counts: PlanCounts | null;
  engineVersion: string | null;
  engineSha256: string | null;
  blocking: number;
  error: RunError | null;
  eventSequence: number;
  logLines: number;
  logBytes: number;
  progressDone: number;
  /** When retention took the log away, and the plan files. */
  logPrunedAt: Date | null;
  planPrunedAt: Date | null;
}

/** Throws `wrong_status` unless the run may go from its status to another one (`runTransitions`). */
export function requireTransition(run: Pick<RunRecord, "number" | "status">, to: RunStatus): void {
  if (!runTransitions[run.status].includes(to))
    throw problem("wrong_status", `Run ${run.number} is ${run.status}; it cannot become ${to}.`);
}

/** How many resources an apply is to do: a replacement counts twice, as the engine reports it. */
export function resourcesToDo(counts: PlanCounts): number {
  return counts.add + counts.change + counts.destroy + counts.import + 2 * counts.replace;
}

/** Whether a plan with these counts touches any resource. */
export function touchesResources(counts: PlanCounts): boolean {
  return resourcesToDo(counts) + counts.move + counts.forget > 0;
}

/** "2 to add, 1 to change"; "no changes". */
export function countsText(counts: PlanCounts | null): string {
  if (counts === null) return "no plan yet";
  const parts = [
    [counts.import, "to import"],
    [counts.add, "to add"],
    [counts.change, "to change"],
    [counts.replace, "to replace"],
    [counts.destroy, "to destroy"],
    [counts.move, "to move"],
    [counts.forget, "to forget"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return said.length === 0 ? "no changes" : said.join(", ");
}
