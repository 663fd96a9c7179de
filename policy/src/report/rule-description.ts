import type { Finding, Severity } from "@plumbline/contract/findings";
import { sourceRules } from "../lint/lint-rules.ts";
import type { LintRule, Rule } from "../rule.ts";
import { catalogue } from "../rules/catalogue.ts";

/** What reports say about a rule. */
export interface RuleDescription {
  id: string;
  title: string;
  severity: Severity;
  category: string;
  why: string;
  fix: string;
  controls: readonly string[];
}

/** The rules that findings name, in the order of their ids; policies' rules, which no catalogue has, as their findings tell. */
export function describeRules(findings: readonly Finding[]): RuleDescription[] {
  const known = new Map<string, Rule | LintRule>([...catalogue, ...sourceRules].map((rule) => [rule.id, rule]));
  const described = new Map<string, RuleDescription>();
  for (const { rule: id, title, severity, category, why, fix, controls } of findings)
    if (!described.has(id)) described.set(id, known.get(id) ?? { id, title, severity, category, why, fix, controls });
  return [...described.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
}
