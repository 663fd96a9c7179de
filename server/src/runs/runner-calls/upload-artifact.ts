import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract";
import { findEnvironment } from "@plumbline/contract/configuration/configuration";
import { hideSecrets } from "@plumbline/engine/plans/hide-secrets";
import type { ArtifactKind } from "../artifact-store.ts";
import { readArtifact, storeArtifact } from "../artifact-store.ts";
import { givenSecrets } from "./phase-secrets.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { requireUnderWay, runOfRunner, withLockedRun } from "./run-of-runner.ts";
import { runById } from "../run-store.ts";
import type { RunsContext } from "../runs-context.ts";

/**
 * Takes the plan a run made, its JSON, or the state it could not store. Throws `too_large`, `lease_lost`, and
 * `invalid_request` where the bytes have another SHA-256 than was announced.
 */
export async function uploadArtifact(
  context: RunsContext,
  call: RunnerCall,
  kind: ArtifactKind,
  bytes: Buffer,
  announced?: string,
): Promise<{ sha256: string }> {
  const most = kind === "errored_state" ? context.states.maxStateBytes : context.settings.maxPlanBytes;
  if (bytes.length > most) throw problem("too_large", `This has ${bytes.length} bytes; ${most} are accepted.`);
  if (announced !== undefined && createHash("sha256").update(bytes).digest("hex") !== announced)
    throw problem(
      "invalid_request",
      "The bytes have another SHA-256 than was announced: they were damaged on the way.",
    );
  return withLockedRun(context, call, async (tx, run) => {
    requireUnderWay(run);
    if (kind === "errored_state" && run.kind !== "apply")
      throw problem("wrong_status", `Run ${run.number} writes no state, so it has none to rescue.`);
    return { sha256: await storeArtifact(tx, context, run, kind, bytes) };
  });
}

/**
 * The JSON of the plan that a replay judges again, without its secrets: the policies that judge it are only proposed, and
 * what they say of a plan is shown to everybody who may read its environment.
 */
export async function downloadPlanJson(context: RunsContext, call: RunnerCall): Promise<Buffer> {
  const { organizationId } = call.runner;
  const seen = await context.db.transaction(organizationId, (tx) => runOfRunner(tx, call, "read"));
  const main = await context.repositories.mainConfiguration(organizationId, seen.workspace.repositoryId);
  const rules = main && findEnvironment(main, seen.workspace.environment);
  const { json, given } = await context.db.transaction(organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "read");
    if (run.status !== "running" || run.kind !== "replay" || run.planned === null)
      throw problem("wrong_status", `Run ${run.number} has no plan to judge again.`);
    const kept = await readArtifact(tx, context, run.organizationId, run.planned, "plan_json");
    if (kept === undefined) throw problem("not_found", `The plan of run ${run.planned.run} is not kept any more.`);
    const planned = await runById(tx, run.planned.runId);
    return { json: kept.bytes, given: await givenSecrets(tx, context, planned, rules) };
  });
  return hideSecrets(json, given);
}

/** The bytes of the plan that an apply run in mode "saved" was told to apply. */
export async function downloadPlan(context: RunsContext, call: RunnerCall): Promise<Buffer> {
  return context.db.transaction(call.runner.organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "read");
    if (run.status !== "running" || run.kind !== "apply" || run.decision !== "apply" || run.planned === null)
      throw problem("wrong_status", `Run ${run.number} has no approved plan to apply.`);
    const plan = await readArtifact(tx, context, run.organizationId, run.planned, "plan");
    if (plan === undefined || plan.sha256 !== run.planned.planSha256)
      throw problem("internal", `The approved plan of run ${run.number} is not the one that was stored.`);
    return plan.bytes;
  });
}
