import { OfferedTool } from "@plumbline/contract";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import type { RunnerIdentity, RunnerRecord } from "./runner.ts";

const Engines = z.array(OfferedTool);

/** Adds a runner. */
export async function insertRunner(
  tx: Tx,
  organizationId: string,
  runner: { id: string; name: string; tokenHash: Buffer; environments: string[]; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto("runners")
    .values({
      organization_id: organizationId,
      runner_id: runner.id,
      name: runner.name,
      token_hash: runner.tokenHash,
      environments: runner.environments,
      created_at: runner.createdAt,
    })
    .execute();
}

/** Whose token this is; needs a system transaction. Revoked ones are not found. */
export async function runnerByTokenHash(tx: Tx, hash: Buffer): Promise<RunnerIdentity | undefined> {
  return tx
    .selectFrom("runners")
    .innerJoin("organizations", "organizations.organization_id", "runners.organization_id")
    .select([
      "runners.organization_id as organizationId",
      "organizations.name as organization",
      "runners.runner_id as id",
      "runners.name as name",
    ])
    .where("runners.token_hash", "=", hash)
    .where("runners.revoked_at", "is", null)
    .executeTakeFirst();
}

/** All runners of the organization by name. */
export async function selectRunners(tx: Tx): Promise<RunnerRecord[]> {
  const rows = await selected(tx).orderBy("name").execute();
  return rows.map(fromRow);
}

/** The runner of that name. */
export async function runnerByName(tx: Tx, name: string): Promise<RunnerRecord | undefined> {
  const row = await selected(tx).where("name", "=", name).executeTakeFirst();
  return row && fromRow(row);
}

/** The runner with that id, unless it is revoked. */
export async function activeRunner(tx: Tx, runnerId: string): Promise<RunnerRecord | undefined> {
  const row = await selected(tx).where("runner_id", "=", runnerId).where("revoked_at", "is", null).executeTakeFirst();
  return row && fromRow(row);
}

/** Notes that a runner was heard of, and what it said of itself. */
export async function touchRunner(
  tx: Tx,
  runnerId: string,
  seen: { at: Date; capacity?: number; version?: string; engines?: OfferedTool[] },
): Promise<void> {
  await tx
    .updateTable("runners")
    .set({
      last_seen_at: seen.at,
      ...(seen.capacity === undefined ? {} : { capacity: seen.capacity }),
      ...(seen.version === undefined ? {} : { version: seen.version }),
      ...(seen.engines === undefined ? {} : { engines: JSON.stringify(seen.engines) }),
    })
    .where("runner_id", "=", runnerId)
    .execute();
}

/** Ends a runner's token. */
export async function markRevoked(tx: Tx, runnerId: string, at: Date): Promise<void> {
  await tx.updateTable("runners").set({ revoked_at: at }).where("runner_id", "=", runnerId).execute();
}

function selected(tx: Tx) {
  return tx
    .selectFrom("runners")
    .select([
      "runner_id",
      "name",
      "environments",
      "version",
      "capacity",
      "engines",
      "created_at",
      "last_seen_at",
      "revoked_at",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selected>["execute"]>>[number];

function fromRow(row: Row): RunnerRecord {
  return {
    id: row.runner_id,
    name: row.name,
    environments: row.environments,
    version: row.version,
    capacity: row.capacity,
    engines: row.engines === null ? [] : Engines.parse(row.engines),
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    revokedAt: row.revoked_at,
  };
}
