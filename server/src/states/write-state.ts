import { problem } from "@plumbline/contract";
import type { AuditActor } from "../audit/record-audit.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import { announce } from "../platform/live.ts";
import { requireLease, requireLock } from "./lease.ts";
import { sealOutputs, sealState } from "./seal-state.ts";
import { follows, readStateFile } from "./state-file.ts";
import type { StateFileFacts } from "./state-file.ts";
import { insertStateVersion, lockWorkspaceState, stateVersion } from "./state-store.ts";
import type { StatesContext } from "./states-context.ts";
import type { WorkspaceRef } from "./workspace-ref.ts";

/** A state that was read, compressed and sealed, ready to be stored in a short transaction. */
export interface PreparedState {
  id: string;
  facts: StateFileFacts;
  sealed: Buffer;
  sealedOutputs: Buffer;
}

/** Who writes: a run under its epoch. */
export interface StateWriter {
  actor: AuditActor;
  workspace: WorkspaceRef;
  runId: string;
  run: number;
  pullRequest: number | null;
  epoch: number;
}

/**
 * Reads and seals a state outside any transaction. Throws `too_large`, and `state_refused` where the bytes are damaged
 * or no state.
 */
export async function prepareState(
  context: StatesContext,
  organizationId: string,
  bytes: Buffer,
  contentMd5?: string,
): Promise<PreparedState> {
  if (bytes.length > context.maxStateBytes)
    throw problem(
      "too_large",
      `The state has ${bytes.length} bytes; ${context.maxStateBytes} are accepted (state.maxBytes).`,
    );
  return sealPrepared(context, organizationId, bytes, readStateFile(bytes, contentMd5));
}

/** Seals a state that was read already. */
export async function sealPrepared(
  context: StatesContext,
  organizationId: string,
  bytes: Buffer,
  facts: StateFileFacts,
): Promise<PreparedState> {
  const id = context.newId();
  return {
    id,
    facts,
    sealed: await sealState(context.sealing, organizationId, id, bytes),
    sealedOutputs: sealOutputs(context.sealing, organizationId, id, facts.outputs),
  };
}

/**
 * Stores a state as the workspace's next version, with its audit entry, for whoever holds the lease. The newest state
 * sent again is accepted and stored once. Answers the version number. Throws `lease_lost`, `state_locked`,
 * `state_refused`; nothing is stored then.
 */
export async function writeState(
  tx: Tx,
  context: StatesContext,
  writer: StateWriter,
  state: PreparedState,
  lockId: string | undefined,
): Promise<number> {
  requireLock(
    await requireLease(tx, { workspaceId: writer.workspace.id, runId: writer.runId, epoch: writer.epoch }),
    lockId,
  );
  return storeState(tx, context, writer, state, "state.written");
}

/** Stores a state that a lost run left behind (`errored.tfstate`), where it is a valid successor of the newest one. */
export async function rescueState(
  tx: Tx,
  context: StatesContext,
  writer: StateWriter,
  state: PreparedState,
): Promise<number> {
  return storeState(tx, context, writer, state, "state.rescued");
}

async function storeState(
  tx: Tx,
  context: StatesContext,
  writer: StateWriter,
  { id, facts, sealed, sealedOutputs }: PreparedState,
  action: "state.written" | "state.rescued",
): Promise<number> {
  const { workspace, actor } = writer;
  await lockWorkspaceState(tx, workspace.id);
  const newest = await stateVersion(tx, workspace.id);
  if (follows(facts, newest) === "same" && newest !== undefined) return newest.version;
  const version = (newest?.version ?? 0) + 1;
  await insertStateVersion(tx, workspace.organizationId, {
    ...facts,
    id,
    version,
    workspaceId: workspace.id,
    createdAt: context.clock.now(),
    sealed,
    sealedOutputs,
    runId: writer.runId,
    epoch: writer.epoch,
  });
  await announce(tx, workspace.organizationId, [`workspace:${workspace.name}`]);
  await recordAudit(tx, actor, {
    action,
    text: `run ${writer.run} ${action === "state.written" ? "wrote" : "left behind"} version ${version} of the state of ${workspace.name}`,
    workspace: workspace.name,
    environment: workspace.environment,
    run: writer.run,
    ...(writer.pullRequest === null ? {} : { pullRequest: writer.pullRequest }),
    details: {
      version,
      serial: facts.serial,
      lineage: facts.lineage,
      sha256: facts.sha256,
      size: facts.size,
      epoch: writer.epoch,
    },
  });
  return version;
}
