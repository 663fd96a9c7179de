import type { DriftCaseSummary, PullRequestSummary, Repository, Runner, WorkspaceSummary } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import type { WholePullRequests } from "../audit/read-audit.ts";
import type { Db } from "../platform/database/pools.ts";

/** What the overview is put together from: use cases of other domains, each of which authorizes by itself. */
export interface OverviewContext {
  db: Db;
  repositories(actor: Actor): Promise<Repository[]>;
  workspaces(actor: Actor, repository: string): Promise<WorkspaceSummary[]>;
  /** Open ones, and merged ones that are not applied. */
  pullRequests(actor: Actor, repository: string): Promise<PullRequestSummary[]>;
  /** Cases that were opened in the last so many days, open ones in any case. */
  driftCases(actor: Actor, days: number): Promise<DriftCaseSummary[]>;
  runners(actor: Actor): Promise<Runner[]>;
  /** Numbers of the pull requests that somebody who is kept to clients sees whole. */
  wholePullRequests: WholePullRequests;
  /** Runs that wait, are queued or running. */
  activeRuns(actor: Actor): Promise<number>;
}
