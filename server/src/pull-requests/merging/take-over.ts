import { problem } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { takeOverState } from "../../states/proposed-state.ts";
import { workspaceWithId } from "../../states/workspace-ref.ts";
import type { PullRequestFacts } from "../facts.ts";
import { applyingIn } from "../gate/applying-in.ts";
import type { PullRequestsContext } from "../pull-requests-context.ts";

/**
 * Makes the state that a pull request brings along its workspace's, in the transaction of the merge; one that brings none
 * is left alone. `started` are its apply runs, of which one plans once more over the state that is then the workspace's.
 */
export async function takeOver(
  tx: Tx,
  context: PullRequestsContext,
  actor: Actor,
  { proposal, pullRequest }: PullRequestFacts,
  started: ReadonlyMap<string, { runId: string; number: number }>,
): Promise<void> {
  if (proposal === null) return;
  const run = started.get(proposal.workspaceId);
  if (run === undefined) throw problem("internal", `#${pullRequest.number} takes over a state and applies nothing.`);
  // Seen by the gate; asked once more now that nobody else can queue one.
  const applying = await applyingIn(tx, context, pullRequest, proposal.workspaceId);
  if (applying !== null)
    throw problem("conflict", `Run ${applying.number} began to make ${applying.workspace.name} anew at this moment.`);
  await takeOverState(tx, context.states, proposal, {
    actor,
    workspace: await workspaceWithId(tx, proposal.workspaceId),
    runId: run.runId,
    run: run.number,
  });
}
