import type { RunStatus } from "@plumbline/contract";
import { clientOf, hasEnded } from "@plumbline/contract";
import type { RunRecord, WaitsFor } from "../run.ts";

/** What becomes of a run that waits. */
export type Release =
  | { to: "queued" }
  | { to: "waits"; waitsFor: WaitsFor; reason: string }
  | { to: "canceled"; reason: string };

/** What decides whether apply runs may go: what of their merges and workspaces is still to be done. */
export interface ApplyFacts {
  /** By workspace: what stands in its queue, in the order of the merges. */
  queues: ReadonlyMap<string, readonly RunRecord[]>;
  /** By pull request: what has not ended well; what is stuck first, then what comes last. */
  open: ReadonlyMap<string, readonly RunRecord[]>;
}

/**
 * Orders what is known. `applies` are all apply runs of the pull requests in question, and all of their workspaces that
 * have not ended well; `finished`: workspace id → merge sequence of its newest apply that finished.
 */
export function applyFacts(applies: readonly RunRecord[], finished: ReadonlyMap<string, number>): ApplyFacts {
  const queued = applies.filter((run) => !isOver(run)).toSorted((left, right) => order(left) - order(right));
  // Many wait for the same: what is named stays the same while others of it end, so that they need not be told.
  const open = applies
    .filter((run) => !endedWell(run, finished))
    .toSorted((left, right) => Number(isStuck(right)) - Number(isStuck(left)) || right.number - left.number);
  return {
    queues: Map.groupBy(queued, (run) => run.workspace.id),
    open: Map.groupBy(open, (run) => run.pullRequestId ?? ""),
  };
}

/** Whether a run goes on only when somebody does something. */
function isStuck({ status }: RunRecord): boolean {
  return status !== "waits" && status !== "queued" && status !== "running";
}

/**
 * Whether a waiting apply run may go: its workspace is not frozen, everything merged before it in its workspace has
 * ended well, every lower environment of its pull request has, and so has what it depends on. One client's environments
 * never wait for another's.
 */
export function releaseApply(run: RunRecord, needs: ReadonlySet<string>, facts: ApplyFacts): Release {
  const { workspace } = run;
  if (workspace.frozenReason !== null)
    return { to: "waits", waitsFor: "frozen", reason: `${workspace.name} is frozen: ${workspace.frozenReason}` };
  const [before] = facts.queues.get(workspace.id) ?? [];
  if (before !== undefined && order(before) < order(run))
    return {
      to: "waits",
      waitsFor: "queue",
      reason: `waits for run ${before.number}${ofPullRequest(before)}, merged before it, which ${says(before.status)}`,
    };
  const ofSameMerge = (facts.open.get(run.pullRequestId ?? "") ?? []).filter((other) => other.id !== run.id);
  const lower = ofSameMerge.find((other) => isLower(other, run));
  if (lower !== undefined)
    return {
      to: "waits",
      waitsFor: "stage",
      reason: waitsForLower(lower, run),
    };
  const needed = ofSameMerge.find((other) => needs.has(other.id));
  if (needed !== undefined)
    return {
      to: "waits",
      waitsFor: "needs",
      reason: `waits for ${needed.workspace.name}, which it depends on: run ${needed.number} ${says(needed.status)}`,
    };
  return { to: "queued" };
}

/** Whether a run belongs to an environment before another's: of the same client, or of none. */
function isLower(other: RunRecord, run: RunRecord): boolean {
  const client = clientOf(other.workspace.environment);
  return other.stage < run.stage && (client === undefined || client === clientOf(run.workspace.environment));
}

/** A client's own people read this: environments that are not theirs are not named. */
function waitsForLower({ workspace, number, status }: RunRecord, run: RunRecord): string {
  if (clientOf(workspace.environment) !== clientOf(run.workspace.environment))
    return "waits for an environment before it in the same merge, which has not been applied yet";
  return `waits for ${workspace.environment}: run ${number} of ${workspace.name} ${says(status)}`;
}

/** Whether an apply run ended well, or a later one of its workspace did in its place. */
function endedWell(run: RunRecord, finished: ReadonlyMap<string, number>): boolean {
  if (run.status === "finished") return true;
  return run.status === "superseded" && (finished.get(run.workspace.id) ?? -1) > (run.mergeSequence ?? 0);
}

/** What decides whether a waiting plan run may go: the plan runs it needs. */
export function releasePlan(needs: readonly RunRecord[]): Release {
  const failed = needs.find((need) => hasEnded(need.status) && need.status !== "finished");
  if (failed !== undefined)
    return {
      to: "canceled",
      reason: `The plan of ${failed.workspace.name}, which it depends on, ${says(failed.status)} (run ${failed.number}).`,
    };
  const open = needs.find((need) => need.status !== "finished");
  if (open === undefined) return { to: "queued" };
  if (open.waitsFor === "outputs")
    return {
      to: "waits",
      waitsFor: "outputs",
      reason: `needs the plan of ${open.workspace.name}, which itself ${open.reason ?? "waits"}`,
    };
  return {
    to: "waits",
    waitsFor: "upstream",
    reason: `waits for the plan of ${open.workspace.name} (run ${open.number})`,
  };
}

function order(run: RunRecord): number {
  return run.mergeSequence ?? 0;
}

/** Whether a run no longer stands in its workspace's queue. */
function isOver(run: RunRecord): boolean {
  return run.status === "finished" || run.status === "superseded";
}

function ofPullRequest(run: RunRecord): string {
  return run.pullRequest === null ? "" : ` of #${run.pullRequest}`;
}

/** A status as the end of a sentence. */
function says(status: RunStatus): string {
  const words: Record<RunStatus, string> = {
    waits: "waits itself",
    queued: "is queued",
    running: "is running",
    held: "is held for approval",
    finished: "finished",
    failed: "failed",
    unknown: "ended in an unknown way",
    canceled: "was canceled",
    superseded: "was superseded",
    expired: "was never approved",
  };
  return words[status];
}
