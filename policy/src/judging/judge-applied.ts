import type { Finding } from "@plumbline/contract/findings";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import { isObject } from "../resources/json.ts";
import { resourcesOfStateFile } from "../resources/state-file.ts";
import type { Rule } from "../rule.ts";
import { rulesFor } from "../rules/load-rules.ts";
import { judgeResources, rulesInForce } from "./judge-resources.ts";

/** What judging an applied state needs. */
export interface JudgeAppliedInput {
  /** The state file (version 4) after the apply. */
  state: unknown;
  /** Findings of the plan; those of the outcome `unknown` are looked at. */
  findings: readonly Finding[];
  environment: string;
  layer: string;
  policyConfiguration: PolicyConfiguration;
}

/** What became of one that was known only after apply. */
export interface AppliedVerdict {
  unknown: Finding;
  /** What is wrong, as the next plan will find it, with the place that the plan had; empty where it turned out well. */
  failed: Finding[];
}

/**
 * Judges what a plan could not tell on the values that the apply gave. One whose rule cannot be asked here (a policy in
 * Rego, another scanner's) or still says unknown has no verdict.
 */
export async function judgeApplied(input: JudgeAppliedInput, rules?: readonly Rule[]): Promise<AppliedVerdict[]> {
  const open = input.findings.filter(({ outcome, address }) => outcome === "unknown" && address !== undefined);
  if (open.length === 0 || !isObject(input.state)) return [];
  const resources = resourcesOfStateFile(input.state);
  const there = new Set(resources.map(({ address }) => address));
  const asked = new Set(open.map(({ rule }) => rule));
  const policy = effectivePolicy(input.policyConfiguration, input.environment, input.layer);
  const known = rules ?? (await rulesFor(resources.map(({ type }) => type)));
  const inForce = rulesInForce(known, policy).filter(({ id }) => asked.has(id));
  const found = Map.groupBy(judgeResources(resources, inForce, policy), ({ finding }) => keyOf(finding));
  const verdicts: AppliedVerdict[] = [];
  for (const unknown of open) {
    if (!there.has(unknown.address ?? "") || !inForce.some(({ id }) => id === unknown.rule)) continue;
    const now = (found.get(keyOf(unknown)) ?? []).map(({ finding }) => finding);
    if (now.some(({ outcome }) => outcome === "unknown")) continue;
    const { place, chain } = unknown;
    verdicts.push({ unknown, failed: now.map((finding) => ({ ...finding, chain, ...(place ? { place } : {}) })) });
  }
  return verdicts;
}

/** What a list element is told apart by may be known only now, so it is not looked at. */
function keyOf({ rule, address }: Finding): string {
  return JSON.stringify([rule, address]);
}
