import type { DriftCaseSummary, EnvironmentReport, KnownFinding, PullRequest, Waiver } from "@plumbline/contract";
import type { CodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database/pools.ts";
import type { CountedStandings } from "../workspaces/count-standings.ts";
import type { CodifiedCache } from "./codified-environments.ts";

/** What main of a repository says; no configuration while it is empty or wrong. */
export interface MainRules {
  configuration: Configuration | undefined;
  codeOwners: Pick<CodeOwners, "ownersOf">;
}

/** What clients and reports are put together from: use cases of other domains, each of which authorizes by itself. */
export interface ClientsContext {
  db: Db;
  clock: Clock;
  codified: CodifiedCache;
  main(organizationId: string, repositoryId: string): Promise<MainRules>;
  /** How all workspaces stand; one with a severity has an open drift case. */
  standings(actor: Actor): Promise<CountedStandings>;
  /** Numbers of pull requests merged in a period, the newest first. */
  mergedBetween(actor: Actor, from: Date, to: Date): Promise<number[]>;
  /** A pull request as the actor sees it; undefined where he does not. */
  pullRequest(actor: Actor, number: number): Promise<PullRequest | undefined>;
  driftCases(actor: Actor): Promise<DriftCaseSummary[]>;
  findings(actor: Actor): Promise<KnownFinding[]>;
  waivers(actor: Actor): Promise<Waiver[]>;
  controls(actor: Actor): Promise<EnvironmentReport["controls"]>;
}
