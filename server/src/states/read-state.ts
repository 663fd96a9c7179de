import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract";
import type { StateVersion } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Tx } from "../platform/database/pools.ts";
import { openOutputs, openState } from "./seal-state.ts";
import type { StateOutputs } from "./state-file.ts";
import { sealedOutputs, sealedState, stateVersion, stateVersionsBefore } from "./state-store.ts";
import type { StateVersionRecord } from "./state-store.ts";
import type { StatesContext } from "./states-context.ts";
import { workspaceByName } from "./workspace-ref.ts";

/** A state's bytes, with the Content-MD5 that the engine wants. */
export interface StateBytes {
  version: number;
  bytes: Buffer;
  md5: string;
}

/** The bytes of one version, or of the newest. Undefined where there is none. The caller writes the audit entry. */
export async function stateBytes(
  tx: Tx,
  context: StatesContext,
  organizationId: string,
  workspaceId: string,
  version?: number,
): Promise<StateBytes | undefined> {
  const found = await stateVersion(tx, workspaceId, version);
  const stored = found && (await sealedState(tx, workspaceId, found.version));
  if (found === undefined || stored === undefined) return undefined;
  const bytes = await openState(context.sealing, organizationId, stored.id, stored.sealed);
  return { version: found.version, bytes, md5: createHash("md5").update(bytes).digest("base64") };
}

/** The outputs of one version of a state. */
export interface VersionOutputs {
  version: number;
  outputs: StateOutputs;
}

/** The outputs of the newest versions of workspaces, each opened when it is asked for; those without a state are not in it. */
export async function stateOutputs(
  tx: Tx,
  context: Pick<StatesContext, "sealing">,
  organizationId: string,
  workspaceIds: readonly string[],
): Promise<Map<string, () => VersionOutputs>> {
  const stored = await sealedOutputs(tx, workspaceIds);
  return new Map(
    stored.map(({ workspaceId, id, version, sealed }) => {
      let opened: VersionOutputs | undefined;
      return [
        workspaceId,
        () => (opened ??= { version, outputs: openOutputs(context.sealing, organizationId, id, sealed) }),
      ];
    }),
  );
}

/** A state for a person: an audited read. Throws `not_found` where there is no such version. */
export async function downloadState(
  context: StatesContext,
  actor: Actor,
  name: string,
  version?: number,
): Promise<StateBytes> {
  authorize(actor, "state.read");
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspace = await workspaceByName(tx, actor, name);
    authorize(actor, "state.read", workspace.environment);
    const state = await stateBytes(tx, context, actor.organizationId, workspace.id, version);
    if (state === undefined)
      throw problem(
        "not_found",
        version === undefined ? `${name} has no state yet.` : `${name} has no state version ${version}.`,
      );
    await recordAudit(tx, actor, {
      action: "state.read",
      text: `${actor.name} read version ${state.version} of the state of ${workspace.name}`,
      workspace: workspace.name,
      environment: workspace.environment,
      details: { version: state.version },
    });
    return state;
  });
}

/** Versions of a workspace's state, newest first; the cursor is the last number shown. */
export async function listStateVersions(
  context: StatesContext,
  actor: Actor,
  name: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: StateVersion[]; cursor: string | null }> {
  return context.db.transaction(actor.organizationId, async (tx) => {
    const workspace = await workspaceByName(tx, actor, name);
    authorize(actor, "environment.read", workspace.environment);
    const before = page.cursor === undefined ? null : Number(page.cursor);
    if (before !== null && !Number.isSafeInteger(before))
      throw problem("invalid_request", "This is not a cursor of this list.");
    const records = await stateVersionsBefore(tx, workspace.id, before, page.limit);
    const last = records.at(-1);
    return {
      items: records.map(presentStateVersion),
      cursor: records.length < page.limit || last === undefined || last.version === 1 ? null : String(last.version),
    };
  });
}

/** A version for the API. */
export function presentStateVersion(record: StateVersionRecord): StateVersion {
  const { version, serial, lineage, size, resources, sha256, run, pullRequest } = record;
  return {
    version,
    serial,
    lineage,
    size,
    resources,
    sha256,
    run,
    pullRequest,
    createdAt: record.createdAt.toISOString(),
  };
}

/** The newest versions of a workspace, for its page. */
export async function newestStateVersions(tx: Tx, workspaceId: string, limit: number): Promise<StateVersion[]> {
  return (await stateVersionsBefore(tx, workspaceId, null, limit)).map(presentStateVersion);
}
