import type { Notify } from "../notifications/notify.ts";
import type { InTurn } from "../platform/in-turn.ts";
import type { Log } from "../platform/log.ts";
import type { Sealing } from "../platform/sealing/index.ts";
import type { RepositoriesContext } from "../repositories/repositories-context.ts";
import type { PushLimits } from "./pushing/check-push.ts";
import type { StatesContext } from "../states/states-context.ts";
import type { RunsPort } from "./runs-port.ts";

/** What pull requests need from outside. */
export interface PullRequestsContext extends RepositoriesContext {
  sealing: Sealing;
  states: StatesContext;
  /** `bindRuns(runsContext)`. */
  runs: RunsPort;
  log: Log;
  /** Tells people what waits for them. */
  notify: Notify;
  /** Where people reach this installation, without a slash at the end. */
  publicUrl: string;
  /** Merges of one repository: each changes what the next one merges into. */
  merges: InTurn;
  /** Limits of one push. */
  git: PushLimits;
}
