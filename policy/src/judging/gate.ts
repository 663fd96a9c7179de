import type { Finding } from "@plumbline/contract/findings";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { Judgement } from "./judgement.ts";

/** True where a finding stops a change. What is known only after apply never does. */
export function blocks(
  finding: Pick<Finding, "severity" | "outcome">,
  configuration: PolicyConfiguration,
  environment: string,
  layer: string,
): boolean {
  return finding.outcome === "fail" && effectivePolicy(configuration, environment, layer).block.has(finding.severity);
}

/** True where a judgement stops a change: a finding blocks, or something could not be judged. */
export function isBlocked(
  judgement: Pick<Judgement, "findings" | "failures">,
  configuration: PolicyConfiguration,
  environment: string,
  layer: string,
): boolean {
  return (
    judgement.failures.length > 0 ||
    judgement.findings.some((finding) => blocks(finding, configuration, environment, layer))
  );
}
