import { engineChanges } from "../runs/engine-changes.ts";
import { appliedIn, changedInputs, plansWithoutChanges, repositoriesTaking } from "../runs/queue/changed-inputs.ts";
import { releaseHeldRuns } from "../runs/queue/release-held-runs.ts";
import {
  judgementsOf,
  planOf,
  planShapes,
  runsOfPullRequests,
  unappliedPullRequests,
  unappliedRuns,
} from "../runs/run-queries.ts";
import type { RunsContext } from "../runs/runs-context.ts";
import { startApplyRuns, startPlanRuns } from "../runs/starting/start-runs.ts";
import { startReplayRuns } from "../runs/starting/start-replay-runs.ts";
import { supersedeRuns } from "../runs/queue/supersede.ts";
import type { RunsPort } from "./runs-port.ts";

/** What pull requests ask of runs, done by the runs' own functions. */
export function bindRuns(context: RunsContext): RunsPort {
  return {
    startPlanRuns: (tx, organizationId, requests) => startPlanRuns(tx, context, organizationId, requests),
    startApplyRuns: (tx, organizationId, request) => startApplyRuns(tx, context, organizationId, request),
    releaseHeldRuns: (tx, organizationId, runIds) => releaseHeldRuns(tx, context, organizationId, runIds),
    supersedePlanRuns: (tx, organizationId, pullRequestId, reason, keep) =>
      supersedeRuns(tx, context, organizationId, { pullRequestId }, reason, keep),
    startReplayRuns: (tx, organizationId, request, keep) => startReplayRuns(tx, context, organizationId, request, keep),
    runsOfPullRequests,
    judgementsOf,
    planOf,
    planShapes,
    engineChanges,
    unappliedRuns,
    unappliedPullRequests,
    changedInputs: (tx, organizationId, runIds) => changedInputs(tx, context, organizationId, runIds),
    appliedIn,
    plansWithoutChanges,
    repositoriesTaking,
  };
}
