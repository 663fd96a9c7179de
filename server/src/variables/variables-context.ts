import type { PullRequest } from "@plumbline/contract";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { Actor } from "../access/actor.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database/pools.ts";
import type { NewId } from "../platform/ids.ts";
import type { Sealing } from "../platform/sealing/index.ts";

/** What sealed variables and credentials need from outside. */
export interface VariablesContext {
  db: Db;
  clock: Clock;
  newId: NewId;
  sealing: Sealing;
  /** What main declares; undefined while it is empty or wrong. */
  mainConfiguration(organizationId: string, repositoryId: string): Promise<Configuration | undefined>;
  /**
   * Opens the pull request that makes `environments/<environment>/sealed.yaml` name this version. Answers null where
   * main is empty or names it already.
   */
  openReference(actor: Actor, change: ReferenceChange): Promise<PullRequest | null>;
}

/** The reference that a new version of a sealed variable wants. */
export interface ReferenceChange {
  repositoryId: string;
  environment: string;
  /** A component's name, or `common`. */
  component: string;
  name: string;
  version: number;
  ticket?: string | undefined;
}
