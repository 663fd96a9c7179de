import type { RunStatus, Severity, WorkspaceState } from "@plumbline/contract";

/** Everything that decides how a workspace stands. */
export interface WorkspaceFacts {
  declared: boolean;
  frozen: boolean;
  /** Statuses of its apply runs that have not ended well. */
  queue: readonly RunStatus[];
  /** Severity of its open drift case. */
  drift: Severity | null;
  /** The newest check failed, or one did not run in time: how it stands is not known. */
  unverified: boolean;
  neverApplied: boolean;
}

/**
 * The state of a workspace as people see it: of all that hold, the first in the order of `workspaceStates`, but that drift
 * of medium or low severity leaves the place to what somebody waits for, and to not knowing. What is merged and not applied
 * is never in sync.
 */
export function workspaceState(facts: WorkspaceFacts): WorkspaceState {
  const queued = (...statuses: RunStatus[]) => facts.queue.some((status) => statuses.includes(status));
  if (facts.frozen || queued("unknown")) return "frozen";
  if (queued("failed")) return "failed";
  if (facts.drift === "critical" || facts.drift === "high") return "drifted";
  if (queued("held")) return "held";
  if (queued("running", "queued")) return "running";
  if (facts.unverified) return "unknown";
  if (facts.drift !== null) return "drifted";
  if (queued("waits")) return "waits";
  if (queued("expired", "canceled")) return "unapplied";
  if (facts.neverApplied) return "never_applied";
  return "in_sync";
}
