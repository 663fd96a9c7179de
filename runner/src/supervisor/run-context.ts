import type { Gateway } from "./gateway/gateway.ts";
import type { Journal } from "./journal.ts";
import type { RunDirectory } from "./run-directory.ts";
import type { RunnerLink } from "./runner-link.ts";
import type { RunnerPresence } from "./runner-presence.ts";
import type { StateSpool } from "./gateway/state-spool.ts";
import type { SupervisorJob } from "./supervisor-job.ts";

/** What every phase of a run works with. */
export interface RunContext {
  config: SupervisorJob;
  run: RunDirectory;
  journal: Journal;
  link: RunnerLink;
  gateway: Gateway;
  spool: StateSpool;
  presence: RunnerPresence;
  /** Secrets that any step of this run was given so far; hidden in whatever later ones print. */
  masked: string[];
  /** Aborted when somebody cancels the run. */
  cancel: AbortSignal;
}

/** Thrown when the run is canceled between or in its phases. */
export class CanceledError extends Error {
  override readonly name = "CanceledError";

  constructor() {
    super("the run was canceled");
  }
}
