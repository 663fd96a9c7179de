import { Finding, PlanView } from "@plumbline/contract";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";

const Findings = z.array(Finding);
const Failures = z.array(z.object({ message: z.string(), file: z.string().optional(), line: z.number().optional() }));

/** The large parts of a run's plan. */
export interface PlanDetails {
  view: PlanView | null;
  findings: Finding[];
  failures: z.infer<typeof Failures>;
  overridden: string[];
}

/** The plan of a run with its findings; empty parts where it has none. */
export async function planDetailsOf(tx: Tx, runId: string): Promise<PlanDetails> {
  const row = await tx
    .selectFrom("runs")
    .select(["plan_view", "findings", "judgement_failures", "overridden"])
    .where("run_id", "=", runId)
    .executeTakeFirst();
  return {
    view: PlanView.nullable().parse(row?.plan_view ?? null),
    findings: Findings.parse(row?.findings ?? []),
    failures: Failures.parse(row?.judgement_failures ?? []),
    overridden: z.array(z.string()).parse(row?.overridden ?? []),
  };
}

/** What was found in the plans of runs, without the plans; runs that were judged clean are not in it. */
export async function judgementsOfRuns(
  tx: Tx,
  runIds: readonly string[],
): Promise<Map<string, Pick<PlanDetails, "findings" | "failures">>> {
  if (runIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("runs")
    .select(["run_id", "findings", "judgement_failures"])
    .where(sql<boolean>`run_id = any(${[...runIds]}::uuid[])`)
    .where(sql<boolean>`(findings <> '[]' or judgement_failures <> '[]')`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.run_id,
      { findings: Findings.parse(row.findings ?? []), failures: Failures.parse(row.judgement_failures ?? []) },
    ]),
  );
}

/**
 * What plans do, in one text each: equal where they do the same to the same attributes, whatever the values are. Made in
 * the database, so that no plan is read whole for it; runs without a plan are not in it.
 */
export async function planShapes(tx: Tx, runIds: readonly string[]): Promise<Map<string, string>> {
  if (runIds.length === 0) return new Map();
  const part = (path: string) => sql`jsonb_path_query_array(plan_view, ${sql.lit(path)})::text`;
  const rows = await tx
    .selectFrom("runs")
    .select([
      "run_id",
      sql<string>`md5(concat_ws(' ', ${part("$.resources[*].address")}, ${part("$.resources[*].action")},
        ${part("$.resources[*].attributes[*].path")}, ${part("$.outputs[*].name")}, ${part("$.outside[*].address")}))`.as(
        "shape",
      ),
    ])
    .where(sql<boolean>`run_id = any(${[...runIds]}::uuid[])`)
    .where("plan_view", "is not", null)
    .execute();
  return new Map(rows.map((row) => [row.run_id, row.shape]));
}

/** The sealed inputs of a run. */
export async function inputsSealedOf(tx: Tx, runId: string): Promise<Buffer | null> {
  const row = await tx.selectFrom("runs").select("inputs_sealed").where("run_id", "=", runId).executeTakeFirst();
  return row?.inputs_sealed ?? null;
}
