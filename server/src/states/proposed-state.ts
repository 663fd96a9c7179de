import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract";
import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import type { AuditActor } from "../audit/record-audit.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import type { Tx } from "../platform/database/pools.ts";
import type { ImportedFacts } from "./import-file.ts";
import {
  deleteProposal,
  insertProposedState,
  proposedStateOf,
  sealedProposal,
  workspaceOfLineage,
} from "./proposed-state-store.ts";
import type { ProposedStateRecord } from "./proposed-state-store.ts";
import type { StateBytes } from "./read-state.ts";
import { openState } from "./seal-state.ts";
import { follows } from "./state-file.ts";
import { insertStateVersion, lockWorkspaceState, stateVersion } from "./state-store.ts";
import type { StateVersionRecord } from "./state-store.ts";
import type { StatesContext } from "./states-context.ts";
import type { WorkspaceRef } from "./workspace-ref.ts";
import type { PreparedState } from "./write-state.ts";

export type { ProposedStateRecord } from "./proposed-state-store.ts";
export { proposedStateOf, proposedStatesOf } from "./proposed-state-store.ts";

/** What stands for the version of a state that is only proposed; versions count from 1. */
export const proposedVersion = 0;

/**
 * The version over which a workspace is planned now: its newest; `proposedVersion` where it holds nothing and a pull
 * request proposes a state for it; null where there is neither.
 */
export async function versionToPlan(
  tx: Tx,
  workspace: Pick<WorkspaceRef, "id" | "stateVersion">,
): Promise<number | null> {
  if ((await proposedStateOf(tx, workspace.id)) === undefined) return workspace.stateVersion;
  return (await isEmpty(tx, workspace.id)) ? proposedVersion : workspace.stateVersion;
}

async function isEmpty(tx: Tx, workspaceId: string): Promise<boolean> {
  return ((await stateVersion(tx, workspaceId))?.resources ?? 0) === 0;
}

/** The bytes of what is proposed for a workspace; undefined where nothing is. The caller writes the audit entry. */
export async function proposedBytes(
  tx: Tx,
  context: Pick<StatesContext, "sealing">,
  organizationId: string,
  workspaceId: string,
): Promise<StateBytes | undefined> {
  const stored = await sealedProposal(tx, workspaceId);
  if (stored === undefined) return undefined;
  const bytes = await openState(context.sealing, organizationId, stored.id, stored.sealed);
  return { version: proposedVersion, bytes, md5: createHash("md5").update(bytes).digest("base64") };
}

/**
 * Throws `state_refused` unless a workspace can take a state over: it holds nothing, nobody proposes another, and no
 * other workspace has one of this lineage; that is named to who `mayRead` its environment.
 */
export async function requireTakeOver(
  tx: Tx,
  workspace: Pick<WorkspaceRef, "id" | "name">,
  state: Pick<ImportedFacts, "serial" | "lineage" | "sha256">,
  mayRead: (environment: string) => boolean = () => false,
): Promise<void> {
  const proposed = await proposedStateOf(tx, workspace.id);
  if (proposed !== undefined)
    throw problem("state_refused", `#${proposed.pullRequest} proposes a state for ${workspace.name} already.`, {
      next: `Merge it; or close it (plumb prs close ${proposed.pullRequest}) and give the new file then.`,
    });
  requireEmpty(workspace.name, await stateVersion(tx, workspace.id), state);
  const other = await workspaceOfLineage(tx, state.lineage, workspace.id);
  if (other === undefined) return;
  const name = mayRead(other.environment) ? workspaceName(other.component, other.environment) : "Another workspace";
  throw problem("state_refused", `${name} has a state of this lineage (${state.lineage}): it is the same one.`, {
    next: "Look which of the two is meant. If it was split off by copying the file, give the copy a lineage of its own: a new UUID in its field lineage.",
  });
}

function requireEmpty(
  name: string,
  newest: StateVersionRecord | undefined,
  state: Pick<ImportedFacts, "serial" | "lineage" | "sha256">,
): void {
  if (newest === undefined) return;
  const { version, resources, lineage, serial } = newest;
  if (resources > 0)
    throw problem(
      "state_refused",
      lineage === state.lineage
        ? `${name} has this state already: version ${version}, with ${resources} resources, serial ${serial}; the file has serial ${state.serial}.`
        : `${name} has a state of another lineage: version ${version}, with ${resources} resources, lineage ${lineage}; the file's is ${state.lineage}.`,
      {
        next:
          lineage === state.lineage
            ? "There is nothing to take over. What was changed elsewhere since is found by a drift check."
            : "They are states of two different things. Name the workspace that is meant; or, if what this one holds is not wanted, destroy it first (plumb destroy).",
      },
    );
  // Of another lineage an empty one stands for nothing; of the same it says that all of it was destroyed since.
  if (lineage === state.lineage) follows(state, newest);
}

/** What is proposed, by whom and for what. */
export interface Proposal {
  workspace: WorkspaceRef;
  pullRequestId: string;
  facts: ImportedFacts;
  prepared: PreparedState;
}

/** Keeps a state beside the workspace's own, sealed, until its pull request is merged or closed. */
export async function proposeState(tx: Tx, context: StatesContext, proposal: Proposal): Promise<void> {
  const { workspace, facts, prepared } = proposal;
  await lockWorkspaceState(tx, workspace.id);
  await requireTakeOver(tx, workspace, facts);
  const stored = await insertProposedState(tx, workspace.organizationId, {
    ...facts,
    id: prepared.id,
    workspaceId: workspace.id,
    pullRequestId: proposal.pullRequestId,
    sealed: prepared.sealed,
    sealedOutputs: prepared.sealedOutputs,
    proposedAt: context.clock.now(),
  });
  if (!stored)
    throw problem("conflict", `Somebody else proposes this state, or another for ${workspace.name}, at this moment.`);
}

/** Removes what a pull request proposes, which nobody will merge any more. */
export async function withdrawProposal(tx: Tx, pullRequestId: string): Promise<boolean> {
  return deleteProposal(tx, pullRequestId);
}

/** Who takes over: the run that applies the pull request. */
export interface TakingOver {
  actor: AuditActor;
  workspace: WorkspaceRef;
  runId: string;
  run: number;
}

/**
 * Makes what is proposed the workspace's newest version, with its audit entry; the proposal is gone then. Answers the
 * version. Throws `state_refused` where the workspace holds something meanwhile.
 */
export async function takeOverState(
  tx: Tx,
  context: StatesContext,
  proposed: ProposedStateRecord,
  taker: TakingOver,
): Promise<number> {
  const { workspace, actor } = taker;
  await lockWorkspaceState(tx, workspace.id);
  const newest = await stateVersion(tx, workspace.id);
  requireEmpty(workspace.name, newest, proposed);
  const stored = await sealedProposal(tx, workspace.id);
  if (stored === undefined) throw problem("conflict", `What was proposed for ${workspace.name} is gone.`);
  const version = (newest?.version ?? 0) + 1;
  const { id, serial, lineage, sha256, size, resources, types, engineVersion, pullRequest } = proposed;
  await insertStateVersion(tx, workspace.organizationId, {
    id,
    workspaceId: workspace.id,
    version,
    serial,
    lineage,
    sha256,
    size,
    resources,
    types,
    engineVersion,
    createdAt: context.clock.now(),
    sealed: stored.sealed,
    sealedOutputs: stored.sealedOutputs,
    runId: taker.runId,
    // Written under no lease: the workspace had nothing that could be leased.
    epoch: 0,
  });
  await deleteProposal(tx, proposed.pullRequestId);
  await announce(tx, workspace.organizationId, [`workspace:${workspace.name}`]);
  await recordAudit(tx, actor, {
    action: "state.imported",
    text: `${actor.name} took over a state as version ${version} of ${workspace.name}, by #${pullRequest}`,
    workspace: workspace.name,
    environment: workspace.environment,
    pullRequest,
    run: taker.run,
    details: { version, serial, lineage, sha256, size, resources, engineVersion },
  });
  return version;
}
