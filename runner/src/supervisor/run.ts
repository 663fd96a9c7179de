import { writeFileSync } from "node:fs";
import { Problem } from "@plumbline/contract/errors";
import type { FinishReport, JudgedReport } from "@plumbline/contract/jobs";
import type { RunPhase } from "@plumbline/contract/run-status";
import { applyPhase } from "./phases/apply-phase.ts";
import { checkPhase } from "./phases/check-phase.ts";
import { fetchPhase } from "./phases/fetch-phase.ts";
import { initPhase } from "./phases/init-phase.ts";
import { patience, skipPhase } from "./phases/phase.ts";
import { planPhase } from "./phases/plan-phase.ts";
import { reportPlanned, uploadPlan } from "./phases/planned.ts";
import { CanceledError, type RunContext } from "./run-context.ts";
import { RefusedError } from "./runner-link.ts";
import { RunnerAwayError } from "./runner-presence.ts";
import { fetchSavedPlan } from "./phases/saved-plan.ts";

/** Does the whole run and says how it ended. Never throws for what can go wrong in a run. */
export async function doRun(context: RunContext): Promise<FinishReport> {
  try {
    return await doPhases(context);
  } catch (error) {
    return finishOf(error);
  }
}

async function doPhases(context: RunContext): Promise<FinishReport> {
  const { job } = context.config;
  const unpacked = await fetchPhase(context);
  if (job.kind === "replay") return replay(context);
  const providers = await initPhase(context, unpacked);
  if (job.apply?.mode === "saved") {
    skipPhase(context, "plan", "the approved plan is applied");
    skipPhase(context, "check", "checked with the approved plan");
    const expected = job.apply.planSha256 ?? "";
    await applyPhase(context, { unpacked, locked: providers }, () => fetchSavedPlan(context, unpacked, expected));
    return { outcome: "finished", error: null };
  }
  const plan = await planPhase(context, unpacked, providers);
  const waiting = patience(context, "check");
  const uploading = uploadPlan(context, plan, waiting);
  // a failed upload is looked at after the checks; until then it is no unhandled rejection
  uploading.catch(() => {});
  const judgement = await checkPhase(context);
  await uploading;
  const found = { providers, overridden: unpacked.overridden };
  const { decision } = await reportPlanned(context, plan, judgement, found, waiting);
  if (decision === "hold") return { outcome: "held", error: null };
  if (decision === "apply" && job.kind === "apply")
    await applyPhase(context, { unpacked, locked: providers }, async () => {});
  else skipPhase(context, "apply", job.kind === "apply" ? "not to be applied" : "planned only");
  return { outcome: "finished", error: null };
}

/** Judges the plan that the server keeps by the policies that came with the job; nothing is planned, nothing applied. */
async function replay(context: RunContext): Promise<FinishReport> {
  skipPhase(context, "init", "a plan that is there is judged");
  skipPhase(context, "plan", "a plan that is there is judged");
  const waiting = patience(context, "check");
  const { body } = await context.link.demand({ method: "GET", path: "/plan-json" }, waiting);
  writeFileSync(context.run.planJson, body, { mode: 0o600 });
  const judgement = await checkPhase(context);
  const headers = { "content-type": "application/json" };
  const report: JudgedReport = { judgement };
  await context.link.demand(
    { method: "POST", path: "/judged", headers, body: Buffer.from(JSON.stringify(report)) },
    waiting,
  );
  skipPhase(context, "apply", "judged only");
  return { outcome: "finished", error: null };
}

function finishOf(error: unknown): FinishReport {
  if (error instanceof CanceledError) return { outcome: "canceled", error: null };
  if (error instanceof Problem) {
    const [place] = error.places;
    return {
      outcome: "failed",
      error: { code: error.code, detail: error.message, ...(place ? { file: place.file, line: place.line } : {}) },
    };
  }
  if (error instanceof RefusedError) return failed(error.code || "run_failed", error.message);
  if (error instanceof RunnerAwayError)
    return failed(
      "run_failed",
      `${error.message} The engine had not begun to apply: nothing was changed. Retry the run.`,
    );
  if (error instanceof Error && error.name === "TimeoutError")
    return failed("time_limit", "The server did not answer within the phase's limit.");
  return failed("run_failed", error instanceof Error ? error.message : String(error));
}

function failed(code: string, detail: string, phase?: RunPhase): FinishReport {
  return { outcome: "failed", error: { code, detail, ...(phase ? { phase } : {}) } };
}
