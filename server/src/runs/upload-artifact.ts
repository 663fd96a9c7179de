import { createHash } from "node:crypto";
import { problem } from "@plumbline/contract";
import type { ArtifactKind } from "./artifact-store.ts";
import { readArtifact, storeArtifact } from "./artifact-store.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { requireUnderWay, runOfRunner, withLockedRun } from "./run-of-runner.ts";
import type { RunsContext } from "./runs-context.ts";

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

/** The JSON of the plan that a replay judges again. */
export async function downloadPlanJson(context: RunsContext, call: RunnerCall): Promise<Buffer> {
  return context.db.transaction(call.runner.organizationId, async (tx) => {
    const run = await runOfRunner(tx, call, "read");
    if (run.status !== "running" || run.kind !== "replay" || run.planned === null)
      throw problem("wrong_status", `Run ${run.number} has no plan to judge again.`);
    const json = await readArtifact(tx, context, run.organizationId, run.planned, "plan_json");
    if (json === undefined) throw problem("not_found", `The plan of run ${run.planned.run} is not kept any more.`);
    return json.bytes;
  });
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
