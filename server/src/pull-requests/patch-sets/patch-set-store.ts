import { workspaceName } from "@plumbline/contract/configuration/workspaces";
import { sql } from "kysely";
import { z } from "zod";
import { inChunks, recordSet } from "../../platform/database/record-set.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { proposedVersion } from "../../states/proposed-state.ts";
import type { AffectedRecord, Contributor, PatchSetRecord } from "../pull-request.ts";

const Paths = z.array(z.string());
const Commits = z.array(z.object({ id: z.string(), subject: z.string(), author: z.string(), address: z.string() }));
const Addresses = z.array(z.object({ address: z.string(), reason: z.enum(["authored", "committed", "co_authored"]) }));
const Problems = z.array(
  z.object({
    message: z.string(),
    file: z.string(),
    line: z.number().nullable(),
    column: z.number().nullable(),
    proposal: z.string().nullable(),
  }),
);

function patchSets(tx: Tx) {
  return tx
    .selectFrom("patch_sets")
    .select([
      "patch_set_id as id",
      "pull_request_id as pullRequestId",
      "number",
      "commit_id as commit",
      "base_commit as base",
      "trial_commit as trialCommit",
      "conflicts",
      "changed_paths as changedPaths",
      "promoted_paths as promotedPaths",
      "files_digest as filesDigest",
      "commits",
      "addresses",
      "problems",
      "pushed_by as pushedBy",
      "created_at as createdAt",
      "replayed_commit as replayedCommit",
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof patchSets>["executeTakeFirstOrThrow"]>>;

function fromRow(row: Row): PatchSetRecord {
  return {
    ...row,
    conflicts: Paths.nullable().parse(row.conflicts),
    changedPaths: Paths.parse(row.changedPaths),
    promotedPaths: Paths.parse(row.promotedPaths),
    commits: Commits.parse(row.commits),
    addresses: Addresses.parse(row.addresses),
    problems: Problems.parse(row.problems),
  };
}

/** All patch sets of a pull request, newest first. */
export async function patchSetsOf(tx: Tx, pullRequestId: string): Promise<PatchSetRecord[]> {
  const rows = await patchSets(tx).where("pull_request_id", "=", pullRequestId).orderBy("number", "desc").execute();
  return rows.map(fromRow);
}

/** The newest patch set of each pull request. */
export async function newestPatchSets(tx: Tx, pullRequestIds: readonly string[]): Promise<Map<string, PatchSetRecord>> {
  if (pullRequestIds.length === 0) return new Map();
  const rows = await patchSets(tx)
    .distinctOn("pull_request_id")
    .where("pull_request_id", "in", [...pullRequestIds])
    .orderBy("pull_request_id")
    .orderBy("number", "desc")
    .execute();
  return new Map(rows.map((row) => [row.pullRequestId, fromRow(row)]));
}

/** The part of a patch set that a trial merge with a newer main changes. */
export type PatchSetContent = Omit<
  PatchSetRecord,
  "id" | "pullRequestId" | "number" | "pushedBy" | "createdAt" | "replayedCommit"
>;

export async function insertPatchSet(
  tx: Tx,
  organizationId: string,
  added: PatchSetContent & Pick<PatchSetRecord, "id" | "pullRequestId" | "number" | "pushedBy">,
): Promise<void> {
  await tx
    .insertInto("patch_sets")
    .values({
      organization_id: organizationId,
      patch_set_id: added.id,
      pull_request_id: added.pullRequestId,
      number: added.number,
      pushed_by: added.pushedBy,
      ...contentColumns(added),
    })
    .execute();
}

export async function updatePatchSet(tx: Tx, id: string, content: PatchSetContent): Promise<void> {
  await tx.updateTable("patch_sets").set(contentColumns(content)).where("patch_set_id", "=", id).execute();
}

/** Notes by whose policies the newest plans are judged, or are about to be. */
export async function setReplayed(tx: Tx, id: string, commit: string): Promise<void> {
  await tx.updateTable("patch_sets").set({ replayed_commit: commit }).where("patch_set_id", "=", id).execute();
}

function contentColumns(content: PatchSetContent) {
  return {
    commit_id: content.commit,
    base_commit: content.base,
    trial_commit: content.trialCommit,
    conflicts: content.conflicts === null ? null : JSON.stringify(content.conflicts),
    changed_paths: JSON.stringify(content.changedPaths),
    promoted_paths: JSON.stringify(content.promotedPaths),
    files_digest: content.filesDigest,
    commits: JSON.stringify(content.commits),
    addresses: JSON.stringify(content.addresses),
    problems: JSON.stringify(content.problems),
  };
}

/** The people behind a pull request. Known ones are kept. */
export async function addContributors(
  tx: Tx,
  organizationId: string,
  pullRequestId: string,
  people: readonly Contributor[],
): Promise<void> {
  if (people.length === 0) return;
  await tx
    .insertInto("contributors")
    .values(
      people.map(({ personId, reason }) => ({
        organization_id: organizationId,
        pull_request_id: pullRequestId,
        person_id: personId,
        reason,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function contributorsOf(
  tx: Tx,
  pullRequestIds: readonly string[],
): Promise<(Contributor & { pullRequestId: string })[]> {
  if (pullRequestIds.length === 0) return [];
  return tx
    .selectFrom("contributors")
    .select(["pull_request_id as pullRequestId", "person_id as personId", "reason"])
    .where("pull_request_id", "in", [...pullRequestIds])
    .execute();
}

/** The workspaces that patch sets touch, in the order in which they will be applied. */
export async function affectedOf(tx: Tx, patchSetIds: readonly string[]): Promise<AffectedRecord[]> {
  if (patchSetIds.length === 0) return [];
  const rows = await tx
    .selectFrom("affected_workspaces as a")
    .innerJoin("workspaces as w", (join) =>
      join.onRef("w.organization_id", "=", "a.organization_id").onRef("w.workspace_id", "=", "a.workspace_id"),
    )
    // A state that is proposed counts while the workspace holds nothing.
    .leftJoin("proposed_states as s", (join) =>
      join
        .onRef("s.organization_id", "=", "a.organization_id")
        .onRef("s.workspace_id", "=", "a.workspace_id")
        .on("w.resource_count", "=", 0),
    )
    .leftJoin("pull_requests as r", (join) =>
      join.onRef("r.organization_id", "=", "s.organization_id").onRef("r.pull_request_id", "=", "s.pull_request_id"),
    )
    .select([
      "a.patch_set_id as patchSetId",
      "r.number as stateFrom",
      "a.workspace_id as workspaceId",
      "w.component",
      "w.environment",
      "w.layer",
      "w.declared",
      "w.state_version as stateVersion",
      "a.position",
      "a.stage",
      "a.relation",
      "a.touched_paths as touchedPaths",
      "a.code_commit as codeCommit",
      "a.values_commit as valuesCommit",
      "a.input_tree as inputTree",
      "a.destroy",
      "a.needs",
      "a.run_id as runId",
      "a.approved_digest as approvedDigest",
    ])
    .where("a.patch_set_id", "in", [...patchSetIds])
    .orderBy("a.position")
    .execute();
  return rows.map((row) => ({
    ...row,
    stateVersion: row.stateFrom === null ? row.stateVersion : proposedVersion,
    workspace: workspaceName(row.component, row.environment),
    touchedPaths: Paths.parse(row.touchedPaths),
    needs: Paths.parse(row.needs),
  }));
}

/** A row to be stored: what of it is not the workspace's own. */
export type NewAffected = Omit<
  AffectedRecord,
  "workspace" | "component" | "environment" | "layer" | "declared" | "stateVersion" | "stateFrom" | "approvedDigest"
>;

/** Replaces what a patch set affects. */
export async function replaceAffected(
  tx: Tx,
  organizationId: string,
  patchSetId: string,
  rows: readonly NewAffected[],
): Promise<void> {
  await tx.deleteFrom("affected_workspaces").where("patch_set_id", "=", patchSetId).execute();
  for (const some of inChunks(rows)) {
    const { columns, text } = recordSet(
      some.map((row) => ({
        organization_id: organizationId,
        patch_set_id: patchSetId,
        workspace_id: row.workspaceId,
        position: row.position,
        stage: row.stage,
        relation: row.relation,
        touched_paths: row.touchedPaths,
        code_commit: row.codeCommit,
        values_commit: row.valuesCommit,
        input_tree: row.inputTree,
        destroy: row.destroy,
        needs: row.needs,
        run_id: row.runId,
      })),
    );
    await sql`insert into affected_workspaces (${columns}) select ${columns}
      from jsonb_populate_recordset(null::affected_workspaces, ${text}::jsonb)`.execute(tx);
  }
}

/** Notes the newest plan runs of workspaces. */
export async function setAffectedRuns(
  tx: Tx,
  patchSetId: string,
  runs: readonly { workspaceId: string; runId: string }[],
): Promise<void> {
  if (runs.length === 0) return;
  await sql`update affected_workspaces set run_id = started.run_id
    from unnest(${runs.map((one) => one.workspaceId)}::uuid[], ${runs.map((one) => one.runId)}::uuid[])
      as started (workspace_id, run_id)
    where affected_workspaces.organization_id = plumbline_organization() and affected_workspaces.patch_set_id = ${patchSetId}
      and affected_workspaces.workspace_id = started.workspace_id`.execute(tx);
}

/** The digest of a workspace's plan that the gate had let pass; null where it was merged without one. */
export async function digestAtMerge(tx: Tx, pullRequestId: string, workspaceId: string): Promise<string | null> {
  const row = await tx
    .selectFrom("affected_workspaces as a")
    .innerJoin("patch_sets as p", (join) =>
      join.onRef("p.organization_id", "=", "a.organization_id").onRef("p.patch_set_id", "=", "a.patch_set_id"),
    )
    .select("a.approved_digest as digest")
    .where("p.pull_request_id", "=", pullRequestId)
    .where("a.workspace_id", "=", workspaceId)
    .orderBy("p.number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.digest ?? null;
}

/** Keeps the digests that the gate had let pass. */
export async function setApprovedDigests(
  tx: Tx,
  patchSetId: string,
  digests: readonly { workspaceId: string; digest: string }[],
): Promise<void> {
  if (digests.length === 0) return;
  await sql`update affected_workspaces set approved_digest = approved.digest
    from unnest(${digests.map((one) => one.workspaceId)}::uuid[], ${digests.map((one) => one.digest)}::text[])
      as approved (workspace_id, digest)
    where affected_workspaces.organization_id = plumbline_organization() and affected_workspaces.patch_set_id = ${patchSetId}
      and affected_workspaces.workspace_id = approved.workspace_id`.execute(tx);
}
