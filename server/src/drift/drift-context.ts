import type { PullRequest } from "@plumbline/contract";
import type { CodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { Configuration } from "@plumbline/contract/configuration/configuration";
import type { PolicyTexts } from "@plumbline/policy/configuration/read-policies";
import type { Actor } from "../access/actor.ts";
import type { Notify } from "../notifications/notify.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/database/pools.ts";
import type { NewId } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { RunsContext } from "../runs/runs-context.ts";

/** What drift asks of main's rules. */
export interface DriftRules extends PolicyTexts {
  codeOwners: CodeOwners;
  configuration: Configuration | undefined;
}

/** What watching for drift needs from outside. */
export interface DriftContext {
  db: Db;
  clock: Clock;
  newId: NewId;
  log: Log;
  runs: RunsContext;
  notify: Notify;
  /** The rules of main. It takes a connection of its own: not within a transaction. */
  readRules(organizationId: string, repositoryId: string): Promise<DriftRules>;
  /** People that CODEOWNERS names (`@name`, an address), by id; unknown names are nobody. */
  peopleNamed(tx: Tx, owners: readonly string[]): Promise<string[]>;
  /** Opens the pull request without commits that plans this workspace as main declares it. */
  openRevert(actor: Actor, request: RevertRequest): Promise<PullRequest>;
  settings: {
    /** Seconds after which a check that is due counts as overdue. */
    graceSeconds: number;
  };
}

/** The pull request that undoes what was changed outside. */
export interface RevertRequest {
  repositoryId: string;
  workspace: string;
  title: string;
  description: string;
  ticket?: string | undefined;
  driftCase: number;
}
