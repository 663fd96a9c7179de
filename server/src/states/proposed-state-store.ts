import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { newestVersions } from "./state-store.ts";

const Types = z.record(z.string(), z.number());

/** A state that an open pull request proposes for a workspace. */
export interface ProposedStateRecord {
  /** What it is sealed under, and will be called as a version. */
  id: string;
  workspaceId: string;
  pullRequestId: string;
  /** Its number. */
  pullRequest: number;
  serial: number;
  lineage: string;
  sha256: string;
  size: number;
  resources: number;
  /** How many of each type. */
  types: Record<string, number>;
  engineVersion: string;
}

/** Adds it. Answers false, with nothing stored, where the workspace has one, or another has one of this lineage. */
export async function insertProposedState(
  tx: Tx,
  organizationId: string,
  state: Omit<ProposedStateRecord, "pullRequest"> & { sealed: Buffer; sealedOutputs: Buffer; proposedAt: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto("proposed_states")
    .values({
      organization_id: organizationId,
      workspace_id: state.workspaceId,
      pull_request_id: state.pullRequestId,
      state_version_id: state.id,
      serial: state.serial,
      lineage: state.lineage,
      sha256: state.sha256,
      size: state.size,
      resource_count: state.resources,
      resource_types: JSON.stringify(state.types),
      engine_version: state.engineVersion,
      sealed: state.sealed,
      sealed_outputs: state.sealedOutputs,
      proposed_at: state.proposedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("workspace_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** What is proposed for a workspace. */
export async function proposedStateOf(tx: Tx, workspaceId: string): Promise<ProposedStateRecord | undefined> {
  const row = await selected(tx).where("p.workspace_id", "=", workspaceId).executeTakeFirst();
  return row && { ...row, types: Types.parse(row.types) };
}

/** What these pull requests propose. */
export async function proposedStatesOf(tx: Tx, pullRequestIds: readonly string[]): Promise<ProposedStateRecord[]> {
  if (pullRequestIds.length === 0) return [];
  const rows = await selected(tx)
    .where("p.pull_request_id", "in", [...pullRequestIds])
    .execute();
  return rows.map((row) => ({ ...row, types: Types.parse(row.types) }));
}

/** The sealed bytes of what is proposed for a workspace. */
export async function sealedProposal(
  tx: Tx,
  workspaceId: string,
): Promise<{ id: string; sealed: Buffer; sealedOutputs: Buffer } | undefined> {
  return tx
    .selectFrom("proposed_states")
    .select(["state_version_id as id", "sealed", "sealed_outputs as sealedOutputs"])
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
}

/** Removes what a pull request proposes, bytes and all. Answers whether there was something. */
export async function deleteProposal(tx: Tx, pullRequestId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom("proposed_states")
    .where("pull_request_id", "=", pullRequestId)
    .returning("workspace_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Another workspace whose newest state, with something in it, or for which a proposed one is of this lineage. */
export async function workspaceOfLineage(
  tx: Tx,
  lineage: string,
  except: string,
): Promise<{ component: string; environment: string } | undefined> {
  const proposed = await tx
    .selectFrom("proposed_states as p")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "p.organization_id").onRef("w.workspace_id", "=", "p.workspace_id"),
    )
    .select(["w.component", "w.environment"])
    .where("p.lineage", "=", lineage)
    .where("p.workspace_id", "<>", except)
    .executeTakeFirst();
  if (proposed !== undefined) return proposed;
  return newestVersions(tx)
    .select(["w.component", "w.environment"])
    .where("s.lineage", "=", lineage)
    .where("w.resource_count", ">", 0)
    .where("w.workspace_id", "<>", except)
    .executeTakeFirst();
}

// The number of the pull request is only read here.
function selected(tx: Tx) {
  return tx
    .selectFrom("proposed_states as p")
    .innerJoin("pull_requests as r", (join) =>
      join.onRef("r.organization_id", "=", "p.organization_id").onRef("r.pull_request_id", "=", "p.pull_request_id"),
    )
    .select([
      "p.state_version_id as id",
      "p.workspace_id as workspaceId",
      "p.pull_request_id as pullRequestId",
      "r.number as pullRequest",
      "p.serial",
      "p.lineage",
      "p.sha256",
      "p.size",
      "p.resource_count as resources",
      "p.resource_types as types",
      "p.engine_version as engineVersion",
    ]);
}
