import type { DriftCaseSummary, PullRequestSummary, Repository, Runner, WorkspaceSummary } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import type { WholePullRequests } from "../audit/read-audit.ts";
import type { Db } from "../platform/database/pools.ts";
import type { CountedStandings } from "../workspaces/count-standings.ts";

/** What the overview is put together from: use cases of other domains, each of which authorizes by itself. */
export interface OverviewContext {
  db: Db;
  /** The named repository, or the first, with what its main declares; undefined where there is none that the actor sees. */
  repository(actor: Actor, name: string | undefined): Promise<Repository | undefined>;
  /** How all workspaces stand. */
  standings(actor: Actor, repository: string): Promise<CountedStandings>;
  /** Ids of the workspaces of some components. */
  workspacesOf(actor: Actor, repository: string, components: readonly string[]): Promise<string[]>;
  /** Some of them with what is behind it. */
  workspaces(actor: Actor, ids: readonly string[]): Promise<WorkspaceSummary[]>;
  /** Open ones, and merged ones that are not applied. */
  pullRequests(actor: Actor, repository: string): Promise<PullRequestSummary[]>;
  /** Cases that were opened in the last so many days, open ones in any case. */
  driftCases(actor: Actor, repository: string, days: number): Promise<DriftCaseSummary[]>;
  runners(actor: Actor): Promise<Runner[]>;
  /** Numbers of the pull requests that somebody who is kept to clients sees whole. */
  wholePullRequests: WholePullRequests;
  /** How many pull requests are open, however many are read. */
  openPullRequests(actor: Actor, repository: string): Promise<number>;
  openCases(actor: Actor, repository: string): Promise<number>;
  /** Runs that are queued or running. */
  activeRuns(actor: Actor, repository: string): Promise<number>;
}
