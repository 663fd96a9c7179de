import type { Judgement, PlannedAnswer, PlannedReport } from "@plumbline/contract/jobs";
import type { LockedProvider } from "@plumbline/engine/terraform/lock-file";
import type { MadePlan } from "./plan-phase.ts";
import type { RunContext } from "../run-context.ts";

/** Starts uploading a plan and its JSON; they travel while the checks run. Drift checks send the JSON alone. */
export async function uploadPlan(context: RunContext, plan: MadePlan, signal: AbortSignal): Promise<void> {
  const { link, config } = context;
  const json = { "content-type": "application/json", "x-content-sha256": plan.jsonSha256 };
  const bytes = { "content-type": "application/octet-stream", "x-content-sha256": plan.sha256 };
  await Promise.all([
    link.demand({ method: "PUT", path: "/plan-json", headers: json, body: plan.json }, signal),
    ...(config.job.kind === "drift"
      ? []
      : [link.demand({ method: "PUT", path: "/plan-file", headers: bytes, body: plan.bytes }, signal)]),
  ]);
}

/** Tells the server what was planned and judged, and asks how to go on. */
export async function reportPlanned(
  context: RunContext,
  plan: MadePlan,
  judgement: Judgement,
  found: { providers: readonly LockedProvider[]; overridden: string[] },
  signal: AbortSignal,
): Promise<PlannedAnswer> {
  const { name, version, sha256 } = context.config.engine;
  const report: PlannedReport = {
    planSha256: context.config.job.kind === "drift" ? null : plan.sha256,
    planJsonSha256: plan.jsonSha256,
    engine: { name, version, sha256 },
    providers: Object.fromEntries(found.providers.map((provider) => [provider.address, provider.hashes])),
    judgement,
    overridden: found.overridden,
  };
  const answer = await context.link.demand(
    {
      method: "POST",
      path: "/planned",
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify(report)),
    },
    signal,
  );
  const decision: PlannedAnswer = JSON.parse(answer.body.toString("utf8"));
  return decision;
}
