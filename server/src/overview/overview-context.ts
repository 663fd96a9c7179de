import type { DriftCaseSummary, PullRequestSummary, Repository, Runner, WorkspaceSummary } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import type { WholePullRequests } from "../audit/read-audit.ts";
import type { Db } from "../platform/database/pools.ts";
import type { Standing } from "../workspaces/read-standings.ts";

/** What the overview is put together from: use cases of other domains, each of which authorizes by itself. */
export interface OverviewContext {
  db: Db;
  repositories(actor: Actor): Promise<Repository[]>;
  /** How all workspaces stand. */
  standings(actor: Actor, repository: string): Promise<Standing[]>;
  /** When the last check of one of them saw it. */
  lastVerified(actor: Actor, repository: string): Promise<Date | null>;
  /** Some of them with what is behind it. */
  workspaces(actor: Actor, ids: readonly string[]): Promise<WorkspaceSummary[]>;
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
