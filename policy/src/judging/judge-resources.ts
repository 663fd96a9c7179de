import type { Finding, Severity } from "@plumbline/contract/findings";
import type { EffectivePolicy } from "../configuration/effective-policy.ts";
import type { Resource } from "../resources/resource.ts";
import type { Rule } from "../rule.ts";
import type { Match } from "../vocabulary/condition.ts";
import { evaluate } from "../vocabulary/evaluate.ts";
import { World } from "../vocabulary/world.ts";
import { fingerprint } from "./fingerprint.ts";

/** A finding and the resource it is about, if it is about one; the place is added by whoever has sources. */
export interface ResourceFinding {
  finding: Finding;
  resource?: Resource;
}

/** The rules that are switched on and have their parameters. */
export function rulesInForce(rules: readonly Rule[], policy: EffectivePolicy): Rule[] {
  return rules.filter(
    (rule) =>
      policy.rules[rule.id]?.enabled !== false &&
      (rule.needs ?? []).every((parameter) => policy.parameters[parameter] !== undefined),
  );
}

/** Judges every resource by every rule for its type. A rule that throws becomes a finding and hides no other. */
export function judgeResources(
  resources: readonly Resource[],
  rules: readonly Rule[],
  policy: EffectivePolicy,
): ResourceFinding[] {
  const world = new World(resources);
  const found: ResourceFinding[] = [];
  for (const rule of rules) {
    const severity = policy.rules[rule.id]?.severity ?? rule.severity;
    const looked = rule.resourceTypes.includes("*")
      ? resources
      : rule.resourceTypes.flatMap((type) => world.joins.byType.get(type) ?? []);
    for (const resource of looked) {
      const scope = { resource, base: [], world, parameters: policy.parameters };
      try {
        for (const match of evaluate(rule.failsWhen, scope))
          found.push({ resource, finding: toFinding(rule, severity, resource, match) });
      } catch (fault) {
        found.push({ resource, finding: brokenRule(rule, resource, fault) });
      }
    }
  }
  return found;
}

function toFinding(rule: Rule, severity: Severity, resource: Resource, match: Match): Finding {
  const { attribute, identity } = match;
  return {
    fingerprint: fingerprint({
      rule: rule.id,
      subject: resource.address,
      ...(attribute === undefined ? {} : { attribute }),
      ...(identity === undefined ? {} : { detail: identity }),
    }),
    rule: rule.id,
    severity,
    category: rule.category,
    title: match.title ?? rule.title,
    why: rule.why,
    fix: rule.fix,
    outcome: match.outcome === "true" ? "fail" : "unknown",
    address: resource.address,
    ...(attribute === undefined ? {} : { attribute }),
    chain: [],
    source: "plumbline",
    controls: [...rule.controls],
  };
}

/** Fails closed: a rule that cannot judge is as bad as a high finding until somebody mends it. */
function brokenRule(rule: Rule, resource: Resource, fault: unknown): Finding {
  const said = fault instanceof Error ? fault.message : String(fault);
  return {
    fingerprint: fingerprint({ rule: "rule-broken", subject: resource.address, detail: rule.id }),
    rule: "rule-broken",
    severity: "high",
    category: "policy",
    title: `The rule ${rule.id} could not judge ${resource.address}: ${said}`,
    why: "What a rule could not judge may be wrong, so it blocks.",
    fix: `Correct the parameters of ${rule.id} in policies/plumbline-policy.yaml, or switch it off there until it is mended.`,
    outcome: "fail",
    address: resource.address,
    chain: [],
    source: "plumbline",
    controls: [],
  };
}
