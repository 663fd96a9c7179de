import type { Finding, PlannedAnswer, PlannedReport } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Tx } from "../../platform/database/pools.ts";
import { acceptedHashes } from "../../runners/tool-queries.ts";
import { artifactHash } from "../artifact-store.ts";
import { askForDecision } from "./decide-apply.ts";
import { openInputs, originsOf } from "../inputs.ts";
import type { RunInput } from "../inputs.ts";
import { sealPlannedOutputs } from "../output-queries.ts";
import { inputsSealedOf } from "../plan-queries.ts";
import { givenSecrets } from "./phase-secrets.ts";
import { readPlan } from "./read-plan.ts";
import type { ReadPlan } from "./read-plan.ts";
import { storable } from "./report-judged.ts";
import { countsText } from "../run.ts";
import type { PlanDecision, RunRecord } from "../run.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { runnerActor, runOfRunner, runUnderWay } from "./run-of-runner.ts";
import { changeRun, lockQueue, runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";
import { announceRuns } from "../tell-of-run.ts";

/**
 * Takes note of a plan, judged: its digest, counts, view, outputs and findings are kept, and the runner is told what to
 * do with it. The same report again gets the same answer.
 */
export async function reportPlanned(
  context: RunsContext,
  call: RunnerCall,
  report: PlannedReport,
): Promise<PlannedAnswer> {
  const { organizationId } = call.runner;
  const { workspace } = await context.db.transaction(organizationId, (tx) => runOfRunner(tx, call, "read"));
  const main = await context.repositories.mainConfiguration(organizationId, workspace.repositoryId);
  const here = main && findEnvironment(main, workspace.environment);
  // Reading a large plan takes a while: not within the transaction that holds the queue.
  const {
    run: before,
    plan,
    already,
  } = await context.db.transaction(organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "read");
    const already = run.planEpoch === run.epoch && run.planJsonSha256 === report.planJsonSha256;
    if (already) return { run, already, plan: undefined };
    return { run, already, plan: await readPlan(tx, context, run, report, await givenSecrets(tx, context, run, here)) };
  });
  if (plan === undefined) return answered(before);
  await context.db.transaction(organizationId, (tx) => requireAccepted(tx, before, report));
  const weighed =
    before.kind === "drift"
      ? { findings: report.judgement?.findings ?? [], blocking: 0 }
      : await context.gate.weigh(before, { judgement: report.judgement, plan: plan.plan, json: plan.json });
  return context.db.transaction(organizationId, async (tx) => {
    await lockQueue(tx, organizationId);
    const run = await runUnderWay(tx, context, call);
    if (already) return answered(run);
    await requirePlanFile(tx, run, report);
    await keepPlan(tx, context, run, report, plan, weighed);
    const decision = await decide(tx, context, run, plan, weighed.blocking);
    await changeRun(tx, run.id, { decision });
    const planned = await runById(tx, run.id);
    await announceRuns(tx, [planned]);
    if (run.kind !== "drift")
      await auditPlanned(tx, call, planned, decision, openInputs(context, run, await inputsSealedOf(tx, run.id)));
    return { decision, digest: plan.digest };
  });
}

function answered(run: RunRecord): PlannedAnswer {
  if (run.decision === null || run.digest === null) throw problem("wrong_status", `Run ${run.number} has no plan.`);
  return { decision: run.decision, digest: run.digest };
}

/** A plan counts only where a binary of the tool lock has made it. */
async function requireAccepted(tx: Tx, run: RunRecord, { engine }: PlannedReport): Promise<void> {
  if ((await acceptedHashes(tx)).has(engine.sha256)) return;
  throw problem(
    "tool_not_accepted",
    `Run ${run.number} was planned by ${engine.name} ${engine.version} with the SHA-256 ${engine.sha256}, which is not accepted.`,
  );
}

async function requirePlanFile(tx: Tx, run: RunRecord, report: PlannedReport): Promise<void> {
  if (report.planSha256 === null) return;
  const stored = await artifactHash(tx, { runId: run.id, epoch: run.epoch }, "plan");
  if (stored !== report.planSha256)
    throw problem("wrong_status", `The plan file of run ${run.number} was not uploaded, or is another one.`);
}

async function keepPlan(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  report: PlannedReport,
  plan: ReadPlan,
  { findings, blocking }: { findings: Finding[]; blocking: number },
): Promise<void> {
  const failures =
    report.judgement?.failures ??
    (run.kind === "drift" ? [] : [{ message: "The checks did not run, so nothing is known of this plan." }]);
  await changeRun(tx, run.id, {
    plan_epoch: run.epoch,
    plan_json_sha256: report.planJsonSha256,
    plan_sha256: report.planSha256,
    plan_digest: plan.digest,
    plan_counts: JSON.stringify(plan.view.counts),
    plan_view: storable(plan.view),
    planned_outputs_sealed: sealPlannedOutputs(context, run.organizationId, run.id, plan.outputs),
    engine_version: report.engine.version,
    engine_sha256: report.engine.sha256,
    findings: storable(findings),
    judgement_failures: storable(failures),
    blocking,
    overridden: storable(report.overridden),
  });
}

/** What an apply run does with the plan it has just made. Plan and drift runs stop here. */
async function decide(
  tx: Tx,
  context: RunsContext,
  run: RunRecord,
  plan: ReadPlan,
  blocking: number,
): Promise<PlanDecision> {
  if (run.kind !== "apply") return "stop";
  if (!plan.view.changes) return "apply";
  if (run.holdRequired) return "hold";
  const told = { counts: plan.view.counts, blocking, changes: true };
  const decision = await askForDecision(tx, context, run, { ...told, digest: plan.digest });
  if (decision === "apply" || !plan.restOfApproved || run.planned === null) return decision;
  // What is left after a failed attempt is a part of what was approved: that approval still holds.
  return askForDecision(tx, context, run, { ...told, digest: run.planned.digest });
}

async function auditPlanned(
  tx: Tx,
  call: RunnerCall,
  run: RunRecord,
  decision: PlanDecision,
  inputs: readonly RunInput[],
): Promise<void> {
  await recordAudit(tx, runnerActor(call.runner), {
    action: "run.planned",
    text: `run ${run.number} planned ${run.workspace.name}: ${countsText(run.counts)}${run.blocking > 0 ? `, ${run.blocking} blocking` : ""}`,
    workspace: run.workspace.name,
    environment: run.workspace.environment,
    run: run.number,
    ...(run.pullRequest === null ? {} : { pullRequest: run.pullRequest }),
    details: {
      digest: run.digest,
      decision,
      blocking: run.blocking,
      stateVersion: run.stateVersionBefore,
      codeCommit: run.codeCommit,
      // Where each input came from, never its value.
      ...(inputs.length === 0
        ? {}
        : {
            inputs: originsOf(inputs),
          }),
    },
  });
}
