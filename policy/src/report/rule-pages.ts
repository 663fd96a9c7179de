import type { LintRule, Rule } from "../rule.ts";
import { sourceRules } from "../lint/lint-rules.ts";
import { catalogue } from "../rules/catalogue.ts";

/** What stands for a parametrised rule that looks at every resource. */
const everything = "*";

/** The generated pages of `docs/rules`: file name → Markdown. One page per group of rules, and `README.md` that lists them. */
export function rulePages(): Map<string, string> {
  const groups = Map.groupBy([...catalogue, ...sourceRules], groupOf);
  const names = [...groups.keys()].toSorted();
  const pages = new Map(names.map((name) => [`${name}.md`, page(name, groups.get(name) ?? [])]));
  pages.set("README.md", overview(names, groups));
  return pages;
}

/** The group of a rule: `sources`, `common`, or provider and service as its resource types tell: `aws-db`, `lab`. */
function groupOf(rule: Rule | LintRule): string {
  if (!("resourceTypes" in rule)) return "sources";
  const [type = everything] = rule.resourceTypes;
  if (type === everything) return "common";
  const [provider = "", ...rest] = rule.id.split("-");
  return provider === "lab" ? provider : `${provider}-${rest[0] ?? ""}`;
}

function overview(names: readonly string[], groups: ReadonlyMap<string, readonly (Rule | LintRule)[]>): string {
  const rows = names.map((name) => {
    const rules = groups.get(name) ?? [];
    const count = (severity: string): number => rules.filter((rule) => rule.severity === severity).length;
    return `| [${name}](${name}.md) | ${rules.length} | ${count("critical")} | ${count("high")} | ${count("medium")} | ${count("low")} |`;
  });
  return lines([
    "# Rules",
    "",
    "Generated from the catalogue by `npm run docs -w policy`. `plumb rules show ID` prints the same for one rule; how rules",
    "are switched, given parameters and written stands in [policies](../policies.md).",
    "",
    "| group | rules | critical | high | medium | low |",
    "|---|---|---|---|---|---|",
    ...rows,
  ]);
}

function page(name: string, rules: readonly (Rule | LintRule)[]): string {
  return lines([
    `# Rules: ${name}`,
    "",
    "Generated from the catalogue by `npm run docs -w policy`. All groups: [rules](README.md).",
    "",
    "| rule | severity | what is wrong |",
    "|---|---|---|",
    ...rules.map((rule) => `| [\`${rule.id}\`](#${rule.id}) | ${rule.severity} | ${cell(rule.title)} |`),
    ...rules.flatMap((rule) => ["", ...section(rule)]),
  ]);
}

function section(rule: Rule | LintRule): string[] {
  const types = "resourceTypes" in rule ? rule.resourceTypes : undefined;
  const looksAt =
    types === undefined
      ? "sources"
      : types.includes(everything)
        ? "every resource"
        : types.map((type) => `\`${type}\``).join(", ");
  const parameters = "needs" in rule && rule.needs ? rule.needs.map((need) => `\`${need}\``).join(", ") : "";
  return [
    `## ${rule.id}`,
    "",
    `${rule.title}.`,
    "",
    `- Severity: ${rule.severity}; category: ${rule.category}`,
    `- Looks at: ${looksAt}`,
    ...(parameters === "" ? [] : [`- In force with the parameter: ${parameters}`]),
    ...(rule.controls.length === 0 ? [] : [`- Controls: ${rule.controls.join(", ")}`]),
    "",
    `**Why.** ${rule.why}`,
    "",
    `**Fix.** ${rule.fix}`,
    ...("examples" in rule
      ? [
          "",
          "Bad:",
          "",
          "```hcl",
          rule.examples.bad.trim(),
          "```",
          "",
          "Good:",
          "",
          "```hcl",
          rule.examples.good.trim(),
          "```",
        ]
      : []),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
