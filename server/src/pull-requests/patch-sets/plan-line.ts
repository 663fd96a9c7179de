import type { PullRequestStatus } from "@plumbline/contract";
import type { AffectedRecord } from "../pull-request.ts";
import type { RunFacts } from "../runs-port.ts";

/** One line on where a workspace of a pull request stands. `wrong`: its patch set has mistakes, so that nothing can be planned. */
export function planLine(
  row: Pick<AffectedRecord, "relation" | "stateFrom" | "inputTree">,
  { status, wrong }: { status: PullRequestStatus; wrong: boolean },
  plan: RunFacts | undefined,
  apply: RunFacts | undefined,
): string {
  if (apply !== undefined) return applyLine(apply);
  if (row.relation === "removed")
    return "Declared no more. Nothing is destroyed by that: open a destroy pull request for it.";
  if (row.stateFrom !== null && status !== "open") return `Applied with #${row.stateFrom}, which brings its state.`;
  if (row.inputTree === null && wrong) return "Not planned: the configuration is wrong.";
  if (row.inputTree === null) return "Planned after the merge, when its state goes by its new name.";
  if (plan === undefined) return "Not planned yet.";
  switch (plan.status) {
    case "finished":
      return `Planned${secondsOf(plan)}`;
    case "waits":
    case "queued":
    case "running":
      return (
        plan.reason ??
        { waits: "Waits.", queued: "Waits for a runner.", running: `In phase ${plan.phase ?? "fetch"}.` }[plan.status]
      );
    default:
      return `${plan.status === "failed" ? "Failed" : `Plan ${plan.status}`}: ${plan.error?.detail ?? plan.reason ?? "no reason given"}`;
  }
}

function applyLine(run: RunFacts): string {
  switch (run.status) {
    case "finished":
      return `Applied${secondsOf(run)}`;
    case "held":
      return run.reason ?? "Held: its plan was not approved yet.";
    case "failed":
      return `Apply failed: ${run.error?.detail ?? run.reason ?? "no reason given"}`;
    default:
      return run.reason ?? `Apply ${run.status}.`;
  }
}

function secondsOf({ startedAt, finishedAt }: RunFacts): string {
  if (startedAt === null || finishedAt === null) return ".";
  return ` in ${((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1)} s.`;
}
