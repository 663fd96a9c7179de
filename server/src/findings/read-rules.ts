import type { RuleDetails, RuleSummary } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import { wholePolicy } from "@plumbline/policy/configuration/effective-policy";
import type { EffectivePolicy } from "@plumbline/policy/configuration/effective-policy";
import { sourceRules } from "@plumbline/policy/lint/lint-rules";
import type { LintRule, Rule } from "@plumbline/policy/rule";
import { catalogue } from "@plumbline/policy/rules/catalogue";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { findRepository } from "../repositories/find-repository.ts";
import { readRules } from "../repositories/policy-repository.ts";
import type { FindingsContext } from "./findings-context.ts";
import { gateRules } from "./gate-rules.ts";
import { countOpenByRule } from "./known-finding-store.ts";
import { readableEnvironments } from "./readable-environments.ts";

const groups = ["aws", "azure", "google", "kubernetes", "lab"];

const known = new Map<string, Rule | LintRule>([...catalogue, ...sourceRules].map((rule) => [rule.id, rule]));

/** Every rule as the policy on the repository's main has it. */
export async function listRules(
  context: FindingsContext,
  actor: Actor,
  query: { repository: string },
): Promise<{ items: RuleSummary[] }> {
  const { whole, counts } = await readPolicy(context, actor, query.repository);
  return { items: [...known.values()].map((rule) => summarize(rule, whole, counts)) };
}

/** One rule whole. Throws `not_found`. */
export async function getRule(
  context: FindingsContext,
  actor: Actor,
  request: { rule: string; repository: string },
): Promise<RuleDetails> {
  const { whole, counts } = await readPolicy(context, actor, request.repository);
  const rule = known.get(request.rule);
  if (rule === undefined) throw problem("not_found", `There is no rule “${request.rule.slice(0, 100)}”.`);
  const { why, fix } = rule;
  const ofResources = "resourceTypes" in rule ? rule : undefined;
  return {
    ...summarize(rule, whole, counts),
    why,
    fix,
    resourceTypes: [...(ofResources?.resourceTypes ?? [])],
    needs: [...(ofResources?.needs ?? [])],
    examples: ofResources === undefined ? null : { bad: ofResources.examples.bad, good: ofResources.examples.good },
  };
}

async function readPolicy(
  context: FindingsContext,
  actor: Actor,
  name: string,
): Promise<{ whole: EffectivePolicy; counts: ReadonlyMap<string, number> }> {
  authorize(actor, "repository.read");
  const { organizationId } = actor;
  const { repositoryId } = await findRepository(context, actor, name);
  const { configuration } = gateRules(await readRules(context, { organizationId, repositoryId }));
  const counts = await context.db.transaction(organizationId, async (tx) =>
    countOpenByRule(tx, name, await readableEnvironments(tx, actor)),
  );
  return { whole: wholePolicy(configuration), counts };
}

function summarize(rule: Rule | LintRule, whole: EffectivePolicy, counts: ReadonlyMap<string, number>): RuleSummary {
  const own = whole.rules[rule.id];
  const missing = ("needs" in rule ? (rule.needs ?? []) : []).some(
    (parameter) => whole.parameters[parameter] === undefined,
  );
  return {
    id: rule.id,
    title: rule.title,
    category: rule.category,
    group: groupOf(rule),
    controls: [...rule.controls],
    severity: own?.severity ?? rule.severity,
    status: own?.enabled === false ? "off" : missing ? "needs-parameter" : "on",
    findings: counts.get(rule.id) ?? 0,
  };
}

function groupOf(rule: Rule | LintRule): string {
  if (!("resourceTypes" in rule)) return "sources";
  return groups.find((group) => rule.id.startsWith(`${group}-`)) ?? "common";
}
