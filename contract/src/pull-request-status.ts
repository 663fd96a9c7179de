import { z } from "zod";

/** What a pull request is for. Gate, approvals and merge are the same for each. */
export const PullRequestPurpose = z
  .enum(["change", "promotion", "revert", "destroy", "import", "rollback", "recovery"])
  .meta({ id: "PullRequestPurpose" });
export type PullRequestPurpose = z.infer<typeof PullRequestPurpose>;

/** `merged` says nothing about applying: see `applying` and the runs. */
export const PullRequestStatus = z.enum(["open", "merged", "closed"]).meta({ id: "PullRequestStatus" });
export type PullRequestStatus = z.infer<typeof PullRequestStatus>;

/**
 * What a pull request looks like to a person, computed from status, gate and runs:
 * planning → blocked | waits (approval) | ready → applying → applied | held | failed | unapplied | superseded (later
 * merges took its place everywhere before anything of it was applied).
 */
export const PullRequestState = z
  .enum([
    "planning",
    "blocked",
    "waits",
    "ready",
    "applying",
    "held",
    "failed",
    "unapplied",
    "superseded",
    "applied",
    "closed",
  ])
  .meta({ id: "PullRequestState" });
export type PullRequestState = z.infer<typeof PullRequestState>;

/** Acts on a pull request and the statuses in which they make sense. Gate and rights are checked apart. */
export const pullRequestActions = {
  approve: ["open", "merged"],
  withdraw: ["open"],
  merge: ["open"],
  close: ["open"],
  replan: ["open"],
  comment: ["open", "merged", "closed"],
  revert: ["merged"],
} as const satisfies Record<string, readonly PullRequestStatus[]>;
export type PullRequestAction = keyof typeof pullRequestActions;

/** Whether `action` makes sense in `status`. */
export function pullRequestCan(action: PullRequestAction, status: PullRequestStatus): boolean {
  const allowed: readonly PullRequestStatus[] = pullRequestActions[action];
  return allowed.includes(status);
}
