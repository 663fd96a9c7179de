import { effectivePolicy } from "../configuration/effective-policy.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgeResources, rulesInForce } from "../judging/judge-resources.ts";
import { recordedResources } from "../resources/from-state.ts";
import { rulesFor } from "../rules/load-rules.ts";

/**
 * Fingerprints of what the rules, as they are now, find in the state that a plan was made over: those were there before
 * the change, though nobody may have looked yet. Rules over sources and Rego are not asked.
 */
export async function recordedFindings(
  planJson: unknown,
  policyConfiguration: PolicyConfiguration,
  where: { environment: string; layer: string },
): Promise<Set<string>> {
  const policy = effectivePolicy(policyConfiguration, where.environment, where.layer);
  const resources = recordedResources(planJson);
  const rules = rulesInForce(await rulesFor(resources.map(({ type }) => type)), policy);
  return new Set(
    judgeResources(resources, rules, policy)
      .filter(({ finding }) => finding.outcome === "fail")
      .map(({ finding }) => finding.fingerprint),
  );
}
