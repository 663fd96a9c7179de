import type { Finding, PlanView } from "@plumbline/contract";
import type { EngineChange } from "@plumbline/contract/engine-change";
import type { Tx } from "../platform/database/pools.ts";
import type { AppliedRun, ChangedInput } from "../runs/queue/changed-inputs.ts";
import type { RunRecord } from "../runs/run.ts";
import type { MergeApplies, PlanRequest } from "../runs/starting/start-runs.ts";

/** What pull requests know of a run. */
export type RunFacts = Pick<
  RunRecord,
  | "id"
  | "number"
  | "kind"
  | "status"
  | "reason"
  | "waitsFor"
  | "phase"
  | "pullRequestId"
  | "patchSetId"
  | "inputTree"
  | "destroy"
  | "mergeSequence"
  | "stage"
  | "attempt"
  | "startedAt"
  | "finishedAt"
  | "provisional"
  | "stateVersionBefore"
  | "stateVersionAfter"
  | "digest"
  | "counts"
  | "blocking"
  | "policiesDigest"
  | "error"
> & { workspace: { id: string; name: string; component: string; environment: string; layer: string } };

/** What pull requests ask of runs; wire.ts binds it to the domain's functions. */
export interface RunsPort {
  startPlanRuns(
    tx: Tx,
    organizationId: string,
    requests: readonly PlanRequest[],
  ): Promise<ReadonlyMap<string, { runId: string; number: number }>>;
  /** Answers them by workspace. */
  startApplyRuns(
    tx: Tx,
    organizationId: string,
    request: MergeApplies,
  ): Promise<ReadonlyMap<string, { runId: string; number: number }>>;
  /** Held runs go on with the plans that were approved. */
  releaseHeldRuns(tx: Tx, organizationId: string, runIds: readonly string[]): Promise<unknown>;
  /** Plan runs of a pull request that are of no use any more; those in `keep` stay. */
  supersedePlanRuns(
    tx: Tx,
    organizationId: string,
    pullRequestId: string,
    reason: string,
    keep: ReadonlySet<string>,
  ): Promise<unknown>;
  /** Has runners judge plans that are there by other policies; replays still to be done that are not kept give way. */
  startReplayRuns(
    tx: Tx,
    organizationId: string,
    request: { pullRequestId: string; patchSetId: string; rulesCommit: string; planRunIds: readonly string[] },
    keep: ReadonlySet<string>,
  ): Promise<void>;
  /** Runs of pull requests, newest first. */
  runsOfPullRequests(tx: Tx, pullRequestIds: readonly string[]): Promise<RunFacts[]>;
  /** Findings of plans, and checks that could not judge. */
  judgementsOf(tx: Tx, runIds: readonly string[]): Promise<ReadonlyMap<string, RunJudgement>>;
  /** What plans do, in one text each: equal where they do the same to the same attributes. */
  planShapes(tx: Tx, runIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Runs with another engine than what applied their workspaces before. */
  engineChanges(tx: Tx, runIds: readonly string[]): Promise<ReadonlyMap<string, EngineChange>>;
  /** The plan for people, and as the engine prints it. */
  planOf(tx: Tx, runId: string): Promise<{ view: PlanView | null; text: string | null }>;
  /** Apply runs of a repository that have not ended well. */
  unappliedRuns(tx: Tx, repositoryId: string): Promise<RunFacts[]>;
  /** Ids of the pull requests that they belong to. */
  unappliedPullRequests(tx: Tx, repositoryId: string): Promise<string[]>;
  /** Runs whose upstreams have other outputs now than they were given, with these inputs. */
  changedInputs(tx: Tx, organizationId: string, runIds: readonly string[]): Promise<Map<string, ChangedInput[]>>;
  /** The applied workspaces of an environment, with the runs that applied them. */
  appliedIn(tx: Tx, repositoryId: string, environment: string): Promise<AppliedRun[]>;
  /** Other repositories whose runs were given outputs of this one's workspaces in an environment. */
  repositoriesTaking(tx: Tx, from: { repositoryId: string; environment: string }): Promise<string[]>;
  /** Those of these plans that change neither a resource nor an output. */
  plansWithoutChanges(tx: Tx, runIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface RunJudgement {
  findings: Finding[];
  failures: { message: string; file?: string | undefined; line?: number | undefined }[];
}
