import type { Severity } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { statusCell } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { plural } from "../terminal/words.ts";
import { allRules } from "./find-rule.ts";

/** Which rules are listed. */
export interface RuleFilter {
  severity?: Severity;
  type?: string;
  category?: string;
}

/** `plumb rules list` */
export function listRules(context: Context, { severity, type, category }: RuleFilter): void {
  const rules = allRules()
    .map((rule) => ({
      id: rule.id,
      severity: rule.severity,
      category: rule.category,
      title: rule.title,
      resourceTypes: "resourceTypes" in rule ? [...rule.resourceTypes] : [],
      controls: [...rule.controls],
    }))
    .filter((rule) => severity === undefined || rule.severity === severity)
    .filter((rule) => category === undefined || rule.category === category)
    .filter((rule) => type === undefined || rule.resourceTypes.includes(type) || rule.resourceTypes.includes("*"));
  context.print({ items: rules }, ({ items }, look) => [
    ...table(
      look,
      [
        { title: "RULE" },
        { title: "SEVERITY" },
        { title: "WHAT IS WRONG", least: 20, extra: true },
        { title: "LOOKS AT", least: 12, extra: true },
      ],
      items.map((rule) => [
        rule.id,
        statusCell(rule.severity),
        rule.title,
        rule.resourceTypes.length === 0 ? "sources" : rule.resourceTypes.join(", "),
      ]),
      "No rule is like that.",
    ),
    plural(items.length, "rule"),
  ]);
}
