import type { WorkspaceState, WorkspaceSummary } from "@plumbline/contract";
import { progressOf } from "../runs/showing/present-run.ts";
import type { RunRecord } from "../runs/run.ts";
import { lane } from "./lane.ts";
import { workspaceState } from "./workspace-state.ts";
import type { WorkspaceRecord } from "./workspace-store.ts";
import type { DriftFacts } from "./workspaces-context.ts";

/** Everything a summary is made of. */
export interface SummaryFacts {
  workspace: WorkspaceRecord;
  /** Apply runs that have not ended well, in the order of their merges. */
  queue: readonly RunRecord[];
  drift: DriftFacts | undefined;
  dependsOn: readonly string[];
  now: Date;
}

/** A workspace as a cell of the matrix and a row of the list. */
export function summarizeWorkspace({ workspace, queue, drift, dependsOn, now }: SummaryFacts): WorkspaceSummary {
  const state = workspaceState({
    declared: workspace.declared,
    frozen: workspace.frozen !== null,
    queue: queue.map((run) => run.status),
    drift: drift?.case?.severity ?? null,
    unverified: drift !== undefined && (drift.checkFailed !== null || drift.overdueSince !== null),
    neverApplied: workspace.appliedCommit === null,
  });
  const run = runBehind(state, queue);
  return {
    name: workspace.name,
    repository: workspace.repository,
    component: workspace.component,
    environment: workspace.environment,
    layer: workspace.layer,
    declared: workspace.declared,
    state,
    severity: drift?.case?.severity ?? null,
    sentence: workspaceSentence(state, workspace, run, drift),
    resources: workspace.resources,
    verifiedAt: workspace.verifiedAt?.toISOString() ?? null,
    overdue: drift !== undefined && drift.overdueSince !== null,
    run: run?.number ?? workspace.frozen?.run ?? null,
    pullRequest: run?.pullRequest ?? drift?.case?.pullRequest ?? null,
    driftCase: drift?.case?.number ?? null,
    progress: run?.status === "running" ? progressOf(run) : null,
    dependsOn: [...dependsOn],
    lane: lane(drift?.cases ?? [], workspace.createdAt, now),
  };
}

/** The run because of which a workspace is in its state. */
function runBehind(state: WorkspaceState, queue: readonly RunRecord[]): RunRecord | undefined {
  const wanted: Partial<Record<WorkspaceState, readonly string[]>> = {
    frozen: ["unknown", "failed"],
    failed: ["failed"],
    held: ["held"],
    running: ["running", "queued"],
    waits: ["waits"],
    unapplied: ["expired", "canceled"],
  };
  return queue.find((run) => wanted[state]?.includes(run.status));
}

/** How it stands, in one short sentence. */
function workspaceSentence(
  state: WorkspaceState,
  workspace: Pick<WorkspaceRecord, "resources" | "frozen" | "declared" | "appliedAt">,
  run: RunRecord | undefined,
  drift: DriftFacts | undefined,
): string {
  const resources = `${workspace.resources} ${workspace.resources === 1 ? "resource" : "resources"}`;
  const ofRun = run === undefined ? "" : `run ${run.number}`;
  switch (state) {
    case "frozen":
      return `Frozen: ${workspace.frozen?.reason ?? run?.reason ?? "an apply ended in an unknown way"}`;
    case "failed":
      return `The apply failed (${ofRun}): ${run?.reason ?? "see its log"}`;
    case "drifted":
      return drift?.case?.title ?? "Something was changed outside";
    case "held":
      return `Held for approval (${ofRun}): ${run?.reason ?? "its plan differs"}`;
    case "running":
      return run?.status === "queued" ? `An apply is queued (${ofRun})` : `Applying (${ofRun})`;
    case "unknown":
      return drift !== undefined && drift.checkFailed !== null
        ? `The last check failed: ${drift.checkFailed}`
        : "A check did not run in time";
    case "waits":
      return `An apply ${run?.reason ?? "waits"}`;
    case "unapplied":
      return `Merged, not applied (${ofRun})`;
    case "never_applied":
      // A destroy is an apply, too: after it there is a time and no commit.
      if (workspace.appliedAt !== null) return "Everything in it was destroyed";
      return workspace.declared ? "Nothing was applied yet" : "Declared no more; nothing was applied";
    case "in_sync":
      return workspace.declared ? resources : `${resources}, declared no more: destroy them by a pull request`;
  }
}
