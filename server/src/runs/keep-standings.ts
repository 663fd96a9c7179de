import type { Finding } from "@plumbline/contract";
import type { Tx } from "../platform/database/pools.ts";
import { sql } from "kysely";
import { changeRun } from "./run-store.ts";

/** Keeps how the findings of a run's plan stand now, and how many of them, and of its failures to judge, block. */
export async function keepStandings(
  tx: Tx,
  runId: string,
  { findings, blocking }: { findings: readonly Finding[]; blocking: number },
): Promise<void> {
  await changeRun(tx, runId, { findings: JSON.stringify(findings), blocking });
}

/** Keeps what is known now of the findings of a run's plan. */
export async function keepFindings(tx: Tx, runId: string, findings: readonly Finding[]): Promise<void> {
  await changeRun(tx, runId, { findings: JSON.stringify(findings) });
}

/**
 * Open pull requests, of all organizations, with a plan one of whose findings would be weighed differently now only
 * because time has passed: its date is over, or its waiver.
 */
export async function pullRequestsPastDates(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ organizationId: string; id: string; number: number }[]> {
  const passed = sql<boolean>`jsonb_path_exists(
    runs.findings, '$[*].standing ? (@.blocks == false && @.until <= $now)', ${JSON.stringify({ now: now.toISOString() })}::jsonb)`;
  const rows = await tx
    .selectFrom("runs")
    .innerJoin("pull_requests as p", (join) =>
      join
        .onRef("p.organization_id", "=", "runs.organization_id")
        .onRef("p.pull_request_id", "=", "runs.pull_request_id"),
    )
    .innerJoin("affected_workspaces as a", (join) =>
      join.onRef("a.organization_id", "=", "runs.organization_id").onRef("a.run_id", "=", "runs.run_id"),
    )
    .select(["runs.organization_id as organizationId", "p.pull_request_id as id", "p.number"])
    .distinct()
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("patch_sets as newer")
            .innerJoin("patch_sets as own", (join) =>
              join
                .onRef("own.organization_id", "=", "newer.organization_id")
                .onRef("own.pull_request_id", "=", "newer.pull_request_id")
                .onRef("own.number", "<", "newer.number"),
            )
            .select("newer.number")
            .whereRef("own.organization_id", "=", "a.organization_id")
            .whereRef("own.patch_set_id", "=", "a.patch_set_id"),
        ),
      ),
    )
    .where("p.status", "=", "open")
    .where("runs.kind", "=", "plan")
    .where(passed)
    .limit(limit)
    .execute();
  return rows;
}
