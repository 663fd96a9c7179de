import type { Readable } from "node:stream";
import type { Finding, InputEntry, Judgement, OrganizationPolicies, PlanCounts } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Plan } from "@plumbline/engine/plans/plan";
import type { Clock } from "../platform/clock.ts";
import type { Db, Listener, Tx } from "../platform/database/index.ts";
import type { NewId } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { Sealing } from "../platform/sealing/index.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { Bell } from "./bell.ts";
import type { Retention } from "./retention/retention.ts";
import type { RunRecord } from "./run.ts";

/** Which code and values of a workspace. */
interface WorkspaceInputRequest {
  organizationId: string;
  repositoryId: string;
  codeCommit: string;
  valuesCommit: string;
  component: string;
  environment: string;
}

/** What a run may read of the repository. */
export interface WorkspaceInput {
  /** The root module, from the root of the tree. */
  directory: string;
  entries: InputEntry[];
  /** tfvars files in the order they are given. */
  varFiles: string[];
  /** SHA-256 over paths, modes and blobs. */
  inputTree: string;
  engine: { name: "terraform" | "tofu"; constraint: string };
}

/** The rules of a repository, always from main. */
interface RepositoryRules {
  /** Text of policies/plumbline-policy.yaml. */
  policyConfiguration: string | null;
  rego: { path: string; text: string }[];
  regoTests: { path: string; text: string }[];
  /** What the organization's policy repository says. */
  organization: Required<OrganizationPolicies> | null;
}

/** What runs ask of repositories; main.ts binds it. */
interface RunRepositories {
  readWorkspaceInput(request: WorkspaceInputRequest): Promise<WorkspaceInput>;
  /** A tar of exactly `entries`. */
  streamWorkspaceArchive(request: WorkspaceInputRequest): Promise<Readable>;
  readRules(organizationId: string, repositoryId: string): Promise<RepositoryRules>;
  /** With those of a commit that is not main, of it or of the policy repository: nothing is decided by them. */
  proposedRules(
    organizationId: string,
    repositoryId: string,
    proposed: { repositoryId: string; commit: string },
  ): Promise<RepositoryRules>;
  /** Undefined where a configuration file is wrong. */
  configurationAt(
    organizationId: string,
    repositoryId: string,
    codeCommit: string,
    valuesCommit: string,
  ): Promise<Configuration | undefined>;
  mainConfiguration(organizationId: string, repositoryId: string): Promise<Configuration | undefined>;
  fileAt(organizationId: string, repositoryId: string, commit: string, path: string): Promise<string | null>;
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

/** Weighs what the checks of a plan found; main.ts binds what sits above runs. */
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
  /** Filled by main.ts with what sits above runs. */
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
