import { z } from "zod";

/**
 * The state of a workspace as people see it. Of several that hold, the first in `workspaceStates` is shown; drift of medium or
 * low severity comes after `unknown`.
 */
export const workspaceStates = [
  "frozen",
  "failed",
  "drifted",
  "held",
  "running",
  "unknown",
  "waits",
  "unapplied",
  "never_applied",
  "in_sync",
] as const;
export const WorkspaceState = z.enum(workspaceStates).meta({ id: "WorkspaceState" });
export type WorkspaceState = z.infer<typeof WorkspaceState>;

/** Where a drift case stands. */
export const DriftCaseStatus = z.enum(["open", "reverting", "closed"]).meta({ id: "DriftCaseStatus" });
export type DriftCaseStatus = z.infer<typeof DriftCaseStatus>;
