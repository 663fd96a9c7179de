import type { Finding, Judgement, PlanCounts } from "@plumbline/contract";
import type { Plan } from "@plumbline/engine/plans/plan";
import type { Clock } from "../platform/clock.ts";
import type { Db, Listener, Tx } from "../platform/database/index.ts";
import type { NewId } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { Sealing } from "../platform/sealing/index.ts";
import type { RepositoryAccess } from "../repositories/repository-access.ts";
import type { Rules } from "../repositories/repository-rules.ts";
import type { WorkspaceInput } from "../repositories/workspace-input.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { Bell } from "./bell.ts";
import type { Retention } from "./retention/retention.ts";
import type { RunRecord } from "./run.ts";

/** What a run may read of the repository. */
export type RunWorkspaceInput = Pick<WorkspaceInput, "directory" | "entries" | "varFiles" | "inputTree" | "engine">;

type RunRules = Pick<Rules, "policyConfiguration" | "rego" | "regoTests" | "organization">;

/** What runs ask of repositories; of the larger answers no more than they read. */
interface RunRepositories extends Pick<
  RepositoryAccess,
  "streamWorkspaceArchive" | "configurationAt" | "mainConfiguration" | "fileAt"
> {
  readWorkspaceInput(...request: Parameters<RepositoryAccess["readWorkspaceInput"]>): Promise<RunWorkspaceInput>;
  readRules(...request: Parameters<RepositoryAccess["readRules"]>): Promise<RunRules>;
  proposedRules(...request: Parameters<RepositoryAccess["proposedRules"]>): Promise<RunRules>;
}

/** What the domains above are asked and told about runs, within the transaction that changes them. */
export interface RunListener {
  /** Runs of one organization ended, or are held, or what they wait for changed: all that did so together, at least one. */
  runsChanged(tx: Tx, runs: readonly RunRecord[]): Promise<void>;
  /**
   * Whether an apply run may apply a plan with this digest: it was approved, and the verdict is not worse. The first
   * listener that has this method decides; without any, runs are held.
   */
  decideApply?(tx: Tx, run: RunRecord, plan: PlanToDecide): Promise<"apply" | "hold">;
}

/** Weighs what the checks of a plan found; wire.ts binds what sits above runs. */
export interface FindingGate {
  /** `judgement` is null where nothing was judged: that is never a pass. Not within a transaction. */
  weigh(
    run: RunRecord,
    planned: { judgement: Judgement | null; plan: Plan; json: Buffer },
  ): Promise<{ findings: Finding[]; blocking: number }>;
  /** How many findings of a plan that was weighed block by main's rules and today's date. */
  standsNow(tx: Tx, run: RunRecord): Promise<number>;
}

/** What is known of a plan when it is decided. */
export interface PlanToDecide {
  digest: string;
  counts: PlanCounts | null;
  /** Findings that block, and checks that could not judge. */
  blocking: number;
  changes: boolean;
}

/** What runs need from outside. */
export interface RunsContext {
  db: Db;
  listener: Listener;
  clock: Clock;
  newId: NewId;
  log: Log;
  sealing: Sealing;
  states: StatesContext;
  repositories: RunRepositories;
  bell: Bell;
  gate: FindingGate;
  /** Filled by wire.ts with what sits above runs. */
  listeners: RunListener[];
  settings: {
    leaseSeconds: number;
    /** Seconds a phase may take. */
    phaseSeconds: number;
    /** Seconds after which a held run expires. */
    heldSeconds: number;
    maxLogBytes: number;
    maxPlanBytes: number;
    retention: Retention;
  };
}
