import type { ApprovedPlan, RunRecord } from "../run.ts";

/** What an apply run keeps of the plan it is to apply; null where that run has no plan. */
export function approvedPlanOf(run: RunRecord): ApprovedPlan | null {
  if (run.digest === null || run.planEpoch === null) return null;
  return {
    runId: run.id,
    run: run.number,
    epoch: run.planEpoch,
    digest: run.digest,
    planSha256: run.planSha256,
    stateVersion: run.stateVersionBefore,
    inputsDigest: run.inputsDigest,
    inputTree: run.inputTree,
    engineSha256: run.engineSha256,
    provisional: run.provisional,
    counts: run.counts,
    blocking: run.blocking,
    policiesDigest: run.policiesDigest,
  };
}

/** What an apply would be made from if it were made now. */
export interface PresentBasis {
  stateVersion: number | null;
  inputsDigest: string;
  inputTree: string;
  /** SHA-256 of the engines the runner brings. */
  engines: ReadonlySet<string>;
  /** Main's policies. */
  policiesDigest: string;
}

/** Whether the approved plan's bytes may be applied as they are: nothing they were made from or judged by has changed. */
export function isStillGood(plan: ApprovedPlan | null, now: PresentBasis): plan is ApprovedPlan {
  return (
    plan !== null &&
    plan.planSha256 !== null &&
    !plan.provisional &&
    plan.stateVersion === now.stateVersion &&
    plan.inputsDigest === now.inputsDigest &&
    plan.inputTree === now.inputTree &&
    plan.policiesDigest === now.policiesDigest &&
    plan.engineSha256 !== null &&
    now.engines.has(plan.engineSha256)
  );
}
