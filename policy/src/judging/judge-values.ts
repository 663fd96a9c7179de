import type { Finding, Severity } from "@plumbline/contract/findings";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import { liveResources, recordedResources } from "../resources/from-state.ts";
import { objectsAt, stringAt } from "../resources/json.ts";
import type { Rule } from "../rule.ts";
import { rulesFor } from "../rules/load-rules.ts";
import { judgeResources, rulesInForce } from "./judge-resources.ts";
import { compareFindings, worse } from "./severity.ts";

/** What judging live values needs. */
export interface JudgeValuesInput {
  /** The `show -json` object of a plan made with a refresh: `prior_state` and `resource_drift` hold the live values. */
  planJson: unknown;
  environment: string;
  layer: string;
  policyConfiguration: PolicyConfiguration;
}

/** What the rules say about one resource as it really is. */
export interface LiveVerdict {
  /** All findings of the live values, worst first. */
  findings: Finding[];
  /** Those the recorded values did not have: what the change from outside brought. */
  introduced: Finding[];
  /** Worst of the introduced ones; `low` where the drift breaks no rule. */
  severity: Severity;
}

/** Address → verdict, for every resource that drifted or has findings. Findings have no places: nobody wrote this in code. */
export async function judgeValues(input: JudgeValuesInput, rules?: readonly Rule[]): Promise<Map<string, LiveVerdict>> {
  const policy = effectivePolicy(input.policyConfiguration, input.environment, input.layer);
  const [now, before] = [liveResources(input.planJson), recordedResources(input.planJson)];
  const inForce = rulesInForce(rules ?? (await rulesFor([...now, ...before].map(({ type }) => type))), policy);
  const live = judgeResources(now, inForce, policy).map(({ finding }) => finding);
  const recorded = judgeResources(before, inForce, policy);
  const known = new Set(recorded.map(({ finding }) => finding.fingerprint));
  const verdicts = new Map<string, LiveVerdict>();
  const drifted = objectsAt(input.planJson, "resource_drift").map((entry) => stringAt(entry, "address") ?? "");
  for (const address of new Set([...drifted, ...live.map((finding) => finding.address ?? "")])) {
    const findings = live.filter((finding) => finding.address === address).sort(compareFindings);
    const introduced = findings.filter((finding) => !known.has(finding.fingerprint));
    const severity = introduced.reduce<Severity | undefined>(
      (worst, { severity: own }) => worse(worst, own),
      undefined,
    );
    verdicts.set(address, { findings, introduced, severity: severity ?? "low" });
  }
  return verdicts;
}
