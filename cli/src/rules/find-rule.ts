import { suggest } from "@plumbline/contract/configuration/suggestion";
import { problem } from "@plumbline/contract/errors";
import { sourceRules } from "@plumbline/policy/lint/lint-rules";
import type { LintRule, Rule } from "@plumbline/policy/rule";
import { catalogue } from "@plumbline/policy/rules/catalogue";

/** Every rule, those over sources last. */
export function allRules(): (Rule | LintRule)[] {
  return [...catalogue, ...sourceRules];
}

/** The rule with this id. Throws what proposes ids that look like it. */
export function findRule(id: string): Rule | LintRule {
  const found = allRules().find((rule) => rule.id === id);
  if (found) return found;
  const words = id.toLowerCase().split(/[^a-z0-9]+/);
  const meant = suggest(
    id,
    allRules().map((rule) => rule.id),
  );
  const alike = allRules()
    .map((rule) => ({
      id: rule.id,
      common: words.filter((word) => word !== "" && rule.id.includes(word)).length,
    }))
    .filter(({ common }) => common > 0)
    .toSorted((left, right) => right.common - left.common)
    .map((rule) => rule.id);
  const near = [...new Set([...(meant === undefined ? [] : [meant]), ...alike])].slice(0, 3);
  throw problem("not_found", `There is no rule ${id}.`, {
    next: near.length === 0 ? "plumb rules list names all." : `Did you mean ${near.join(", ")}?`,
  });
}
