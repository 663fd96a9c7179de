import { z } from "zod";

/**
 * What a run is for. `drill` rehearses a recovery; `replay` judges a plan that is there by the policies that a pull
 * request would make main's, and changes nothing.
 */
export const RunKind = z.enum(["plan", "apply", "drift", "drill", "replay"]).meta({ id: "RunKind" });
export type RunKind = z.infer<typeof RunKind>;

/** The phases of a run, in order. A run may skip some; skipped ones are shown. */
export const runPhases = ["fetch", "init", "plan", "check", "apply"] as const;
export const RunPhase = z.enum(runPhases).meta({ id: "RunPhase" });
export type RunPhase = z.infer<typeof RunPhase>;

/**
 * - waits: something before it in its queue, its environment or its dependencies has not ended
 * - queued: a runner may claim it
 * - running: a runner holds its lease
 * - held: the plan differs from what was approved, or nothing was approved yet; somebody approves, reverts or fixes forward
 * - finished: ended well
 * - failed: ended with an error that is known
 * - unknown: its runner is gone and nobody knows what was done; the workspace is frozen
 * - canceled: somebody stopped it
 * - superseded: a later merge or patch set took its place
 * - expired: held for longer than the limit; shown as unapplied
 */
export const runStatuses = [
  "waits",
  "queued",
  "running",
  "held",
  "finished",
  "failed",
  "unknown",
  "canceled",
  "superseded",
  "expired",
] as const;
export const RunStatus = z.enum(runStatuses).meta({ id: "RunStatus" });
export type RunStatus = z.infer<typeof RunStatus>;

/** True when a run will not change any more by itself. `held` is not ended: it waits for a person. */
export function hasEnded(status: RunStatus): boolean {
  return !["waits", "queued", "running", "held"].includes(status);
}

/** What may follow what. The server changes a run's status along these arrows only. */
export const runTransitions: Record<RunStatus, readonly RunStatus[]> = {
  waits: ["queued", "canceled", "superseded", "held"],
  queued: ["running", "waits", "canceled", "superseded"],
  running: ["finished", "failed", "unknown", "canceled", "held", "queued"],
  held: ["waits", "queued", "canceled", "superseded", "expired"],
  finished: [],
  failed: ["waits", "superseded"],
  unknown: ["running", "failed"], // running: its runner came back under the same epoch
  canceled: ["waits", "superseded"],
  superseded: [],
  expired: ["waits", "superseded"],
};

/** Acts on a run and the statuses in which they make sense. Rights are checked apart. */
export const runActions = {
  cancel: ["waits", "queued", "running", "held"],
  retry: ["failed", "canceled", "expired"],
  approve: ["held"],
} as const satisfies Record<string, readonly RunStatus[]>;
export type RunAction = keyof typeof runActions;

/** Whether `action` makes sense in `status`. */
export function runCan(action: RunAction, status: RunStatus): boolean {
  const allowed: readonly RunStatus[] = runActions[action];
  return allowed.includes(status);
}

/** Why a run failed: a code of the catalogue and what happened, without secrets. */
export const RunError = z.object({
  code: z.string(),
  detail: z.string(),
  phase: RunPhase.optional(),
  file: z.string().optional(),
  line: z.int().optional(),
});
export type RunError = z.infer<typeof RunError>;
