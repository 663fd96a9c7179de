import type { PlannedReport, PlanView } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { parsePlan } from "@plumbline/engine/plans/plan";
import { planDigest } from "@plumbline/engine/plans/plan-digest";
import { planView } from "@plumbline/engine/plans/plan-view";
import { plannedOutputs } from "@plumbline/engine/plans/planned-outputs";
import { remainingChangesSubset } from "@plumbline/engine/plans/remaining-changes";
import type { Plan } from "@plumbline/engine/plans/plan";
import { plantedInPlan } from "@plumbline/policy/secrets/planted-in-plan";
import type { Tx } from "../../platform/database/pools.ts";
import { readArtifact } from "../artifact-store.ts";
import { digestKey } from "../inputs.ts";
import type { PlannedOutputs } from "../output-queries.ts";
import type { RunRecord } from "../run.ts";
import type { RunsContext } from "../runs-context.ts";
import { withPlaces } from "./with-places.ts";

/** What the server makes of a plan's JSON. */
export interface ReadPlan {
  plan: Plan;
  /** As it was uploaded. */
  json: Buffer;
  digest: string;
  view: PlanView;
  outputs: PlannedOutputs;
  /** Whether every change was approved with the plan that this run tried before. */
  restOfApproved: boolean;
}

/**
 * Reads the plan that a run uploaded under its epoch; what holds one of `secrets` is hidden in its view. Throws
 * `wrong_status` where it is not there as reported.
 */
export async function readPlan(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  report: PlannedReport,
  secrets: readonly string[],
): Promise<ReadPlan> {
  const stored = await readArtifact(tx, context, run.organizationId, { runId: run.id, epoch: run.epoch }, "plan_json");
  if (stored === undefined || stored.sha256 !== report.planJsonSha256)
    throw problem("wrong_status", `The plan JSON of run ${run.number} was not uploaded, or is another one.`);
  if (run.inputTree === null || run.inputsDigest === null)
    throw problem("internal", `Run ${run.number} was planned without inputs.`);
  const plan = parsePlan(stored.bytes);
  const digest = planDigest({
    inputTree: run.inputTree,
    inputValues: run.inputsDigest,
    engineHash: report.engine.sha256,
    providerHashes: report.providers,
    plan,
    hmacKey: digestKey(context, run.organizationId),
  });
  const outputs: PlannedOutputs = {};
  for (const [name, output] of plannedOutputs(plan))
    outputs[name] = output.known ? { ...output, value: plainJson(output.value) } : { ...output };
  return {
    plan,
    json: stored.bytes,
    digest,
    view: withPlaces(planView(plan, [...secrets, ...planted(stored.bytes, report)]), report.judgement?.places ?? {}),
    outputs,
    restOfApproved: await isRestOfApproved(tx, context, run, plan),
  };
}

/** What the checks found to be a credential in code or values is not shown either: it is read from the plan only then. */
function planted(json: Buffer, { judgement }: PlannedReport): string[] {
  const isFound = judgement?.findings.some(({ category }) => category === "secrets") ?? true;
  return isFound ? plantedInPlan(json.toString("utf8")) : [];
}

/** Only a retry can be the rest of what was approved: the first attempt did a part of it. */
async function isRestOfApproved(tx: Tx, context: RunsContext, run: RunRecord, plan: Plan): Promise<boolean> {
  if (run.kind !== "apply" || run.attempt === 1 || run.planned === null || run.planned.provisional) return false;
  const approved = await readArtifact(tx, context, run.organizationId, run.planned, "plan_json");
  return approved !== undefined && remainingChangesSubset(plan, parsePlan(approved.bytes)).isSubset;
}

/** Big numbers become ordinary JSON on their way into an input. */
function plainJson(value: unknown): Extract<PlannedOutputs[string], { known: true }>["value"] {
  return JSON.parse(JSON.stringify(value ?? null));
}
