import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgeResources, rulesInForce } from "../judging/judge-resources.ts";
import type { Rule } from "../rule.ts";
import { catalogue } from "../rules/catalogue.ts";
import { resourcesFromHcl } from "./resources-from-hcl.ts";

/** How an example of a rule came out. */
export interface ExampleOutcome {
  rule: string;
  example: "bad" | "good";
  passed: boolean;
  /** What fired, as `<rule> fail` or `<rule> unknown`; for HCL that cannot be read, what is wrong with it. */
  fired: string[];
}

/**
 * Runs the examples of these rules with all rules in force. The bad one must differ from the good one by exactly its
 * rule; beside it nothing of high or critical severity may fire in either.
 */
export function checkExamples(rules: readonly Rule[]): ExampleOutcome[] {
  return rules.flatMap((rule): ExampleOutcome[] => {
    const own = `${rule.id} fail`;
    const [bad, good] = [fire(rule, "bad"), fire(rule, "good")];
    const added = bad.all.filter((name) => !good.all.includes(name));
    const isBadRight = added.length === 1 && added[0] === own && bad.blocking.every((name) => name === own);
    const isGoodRight = good.blocking.length === 0 && !good.all.some((name) => name.startsWith(`${rule.id} `));
    return [
      { rule: rule.id, example: "bad", passed: isBadRight, fired: bad.all },
      { rule: rule.id, example: "good", passed: isGoodRight, fired: good.all },
    ];
  });
}

/** Names of what fired in an example, and of those the ones that would block. */
interface Fired {
  all: string[];
  blocking: string[];
}

function fire(rule: Rule, example: "bad" | "good"): Fired {
  const { parameters = {} } = rule.examples;
  const policy = effectivePolicy({ ...defaultPolicyConfiguration, parameters }, "", "");
  const known = catalogue.some(({ id }) => id === rule.id);
  const inForce = rulesInForce(known ? catalogue : [...catalogue, rule], policy);
  try {
    const found = judgeResources(resourcesFromHcl(rule.examples[example]), inForce, policy);
    const names = (findings: typeof found): string[] => [
      ...new Set(findings.map(({ finding }) => `${finding.rule} ${finding.outcome}`)),
    ];
    return { all: names(found), blocking: names(found.filter(({ finding }) => policy.block.has(finding.severity))) };
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return { all: [said], blocking: [said] };
  }
}
