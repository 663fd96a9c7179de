import type { Severity } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import type { RunsContext } from "../runs/runs-context.ts";
import type { LaneCase } from "./lane.ts";
import type { KnownPlaces } from "./places.ts";
import type { WorkspaceCode } from "./workspace-code.ts";

/** What watching for drift knows of a workspace. */
export interface DriftFacts {
  case: { number: number; severity: Severity; title: string; pullRequest: number | null } | null;
  /** Why the newest check failed; null where it did not. */
  checkFailed: string | null;
  /** When a check should have run that did not. */
  overdueSince: Date | null;
  /** Cases that were open at some time since the lane's start. */
  cases: readonly LaneCase[];
}

/** What workspaces need from outside. */
export interface WorkspacesContext {
  db: Db;
  clock: Clock;
  runs: RunsContext;
  /** Where each workspace of a configuration stands. */
  places: KnownPlaces;
  /** What main declares; undefined while it is empty or wrong. */
  mainConfiguration(organizationId: string, repositoryId: string): Promise<Configuration | undefined>;
  /** Text of a file on main; null where there is none. */
  mainFile(organizationId: string, repositoryId: string, path: string): Promise<string | null>;
  /** What the values are read from. */
  code: WorkspaceCode;
  /** What drift knows of these workspaces since a time; those it knows nothing of are absent. */
  driftFacts(tx: Tx, workspaceIds: readonly string[], since: Date): Promise<ReadonlyMap<string, DriftFacts>>;
  /** What is out of line in the organization: severities of open cases by workspace, and the overdue ones. */
  driftStandings(tx: Tx): Promise<{ drifted: ReadonlyMap<string, Severity>; overdue: ReadonlySet<string> }>;
  /** When versions of an environment's sealed variables were set: "component name version" → time. */
  variableTimes(tx: Tx, repositoryId: string, environment: string): Promise<ReadonlyMap<string, Date>>;
}
