import { Finding, PlanView } from "@plumbline/contract";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";

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
    findings: z.array(Finding).parse(row?.findings ?? []),
    failures: Failures.parse(row?.judgement_failures ?? []),
    overridden: z.array(z.string()).parse(row?.overridden ?? []),
  };
}

/** The sealed inputs of a run. */
export async function inputsSealedOf(tx: Tx, runId: string): Promise<Buffer | null> {
  const row = await tx.selectFrom("runs").select("inputs_sealed").where("run_id", "=", runId).executeTakeFirst();
  return row?.inputs_sealed ?? null;
}
