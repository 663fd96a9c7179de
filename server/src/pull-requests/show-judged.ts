import type { Tx } from "../platform/database/pools.ts";
import type { RunRecord } from "../runs/run.ts";
import { announceRuns } from "../runs/tell-of-run.ts";
import { changed } from "./changed.ts";
import { pullRequestById } from "./pull-request-store.ts";

/** What a run's plan could not tell was judged after the apply: its page and its pull request are shown anew. */
export async function showJudged(tx: Tx, run: RunRecord): Promise<void> {
  await announceRuns(tx, [run]);
  const pullRequest = run.pullRequestId === null ? undefined : await pullRequestById(tx, run.pullRequestId);
  if (pullRequest !== undefined) await changed(tx, pullRequest);
}
