import type { Tx } from "../platform/database/pools.ts";
import type { Log } from "../platform/log.ts";
import type { Sealing } from "../platform/sealing/index.ts";
import type { RepositoriesContext } from "../repositories/repositories-context.ts";
import type { RunsPort } from "./runs-port.ts";

/** What pull requests need from outside. */
export interface PullRequestsContext extends RepositoriesContext {
  sealing: Sealing;
  runs: RunsPort;
  log: Log;
  /** Where people reach this installation, without a slash at the end. */
  publicUrl: string;
  /** Limits of one push. */
  git: { maxFileBytes: number; maxFiles: number };
  /** Tells people; bound to the notifications' domain. */
  notices: Notices;
}

/** News for people. `recipients` are ids of persons; empty: everybody on the channel. */
export interface Notice {
  event: "approval_wanted" | "held" | "failed" | "applied" | "unknown";
  subject: string;
  body: string;
  /** Path in the web UI. */
  link: string;
  recipients: string[];
}

export interface Notices {
  tell(tx: Tx, organizationId: string, notice: Notice): Promise<void>;
}
