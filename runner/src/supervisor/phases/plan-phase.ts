import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { posix } from "node:path";
import { problem } from "@plumbline/contract/errors";
import { planArguments, showPlanArguments } from "@plumbline/engine/terraform/commands";
import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import { countsText } from "@plumbline/engine/terraform/ui-text";
import { earlyProviders } from "./early-providers.ts";
import { demandSuccess, noSecrets, runEngine } from "./engine-step.ts";
import { secretsFor } from "./secrets.ts";
import { phase } from "./phase.ts";
import { assertPlanOfTree } from "./plan-bytes.ts";
import { readInside } from "../tree/read-inside.ts";
import type { RunContext } from "../run-context.ts";
import { stepPlaces } from "../steps/step-places.ts";
import { outputFiles } from "../steps/step-process.ts";
import type { Unpacked } from "../tree/tree.ts";

const largestPlan = 512 * 1024 * 1024;

/** A plan that was made, and its JSON. */
export interface MadePlan {
  bytes: Buffer;
  sha256: string;
  json: Buffer;
  jsonSha256: string;
}

/** Plans with the plan phase's credential, then shows the plan's bytes in a fresh sandbox without one. */
export function planPhase(
  context: RunContext,
  unpacked: Unpacked,
  locked: readonly LockedProvider[],
): Promise<MadePlan> {
  return phase(context, "plan", async () => {
    const { config, run } = context;
    const { job } = config;
    const places = stepPlaces(config, run, "plan");
    const args = planArguments({
      out: places.planFile,
      varFiles: job.varFiles.map((file) => posix.join(places.work, file)),
      destroy: job.destroy,
    });
    const secrets = await secretsFor(context, "plan");
    const providers = earlyProviders(context, unpacked, locked, "plan");
    const planned = await runEngine(context, {
      step: "plan",
      phase: "plan",
      args,
      secrets,
      readOutput: true,
      providers,
    });
    demandSuccess(context, { step: "plan", phase: "plan" }, planned);
    const bytes = readInside(run.out, "plan", largestPlan);
    if (!bytes) throw problem("engine_failed", "the engine reported success but left no plan");
    assertPlanOfTree(context, unpacked, bytes);
    const json = await showPlan(context);
    const summary = planned.output.events().find((event) => event.type === "change_summary");
    return {
      line: summary ? countsText(summary.counts) : "no changes",
      value: { bytes, sha256: sha256(bytes), json, jsonSha256: sha256(json) },
    };
  });
}

async function showPlan(context: RunContext): Promise<Buffer> {
  const { config, run } = context;
  const args = showPlanArguments(stepPlaces(config, run, "show").planFile);
  const shown = await runEngine(context, { step: "show", phase: "plan", args, secrets: noSecrets, readOutput: false });
  demandSuccess(context, { step: "show", phase: "plan" }, shown);
  renameSync(outputFiles(run, "show").out, run.planJson);
  const json = readInside(run.root, "plan.json", largestPlan);
  if (!json) throw problem("too_large", `the plan's JSON is larger than ${largestPlan} bytes`);
  return json;
}

/** SHA-256 in hex. */
export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
