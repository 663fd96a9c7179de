import { getRule, listRules } from "@plumbline/contract";
import type { RuleSummary, Severity } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { facts } from "../terminal/facts.ts";
import { statusCell, statusStyle } from "../terminal/status-style.ts";
import { table } from "../terminal/table.ts";
import { wrap } from "../terminal/width.ts";
import { plural } from "../terminal/words.ts";

/** Which rules are listed. */
export interface MainFilter {
  severity?: Severity;
  category?: string;
}

/** `plumb rules list --repository R`: as the policy on its main has them, with what they find in what is applied. */
export async function listOnMain(context: Context, repository: string, filter: MainFilter): Promise<void> {
  const client = await context.client();
  const found = await client.call(listRules, { query: { repository } });
  const items = found.items
    .filter(({ severity }) => filter.severity === undefined || severity === filter.severity)
    .filter(({ category }) => filter.category === undefined || category === filter.category);
  context.print({ items }, (shown, look) => [
    ...table(
      look,
      [
        { title: "RULE", least: 16 },
        { title: "SEVERITY" },
        { title: "IN FORCE" },
        { title: "FINDINGS", align: "right" },
        { title: "WHAT IS WRONG", least: 16, extra: true },
      ],
      shown.items.map((rule) => [
        rule.id,
        statusCell(rule.severity),
        statusText(rule),
        { text: String(rule.findings), style: rule.findings > 0 ? "yellow" : "dim" },
        rule.title,
      ]),
      "No rule is like that.",
    ),
    plural(shown.items.length, "rule"),
  ]);
}

/** `plumb rules show ID --repository R` */
export async function showOnMain(context: Context, repository: string, id: string): Promise<void> {
  const client = await context.client();
  const rule = await client.call(getRule, { params: { rule: id }, query: { repository } });
  context.print(rule, (shown, look) => [
    `${look.paint("bold", shown.id)}  ${look.paint(statusStyle(shown.severity), shown.severity)}  ${shown.category}`,
    shown.title,
    "",
    ...facts(look, [
      ["in force", statusText(shown)],
      ["findings", `${shown.findings} in what is applied`],
      ["looks at", shown.resourceTypes.join(", ") || "sources"],
      ["needs", shown.needs.join(", ") || null],
      ["controls", shown.controls.join(", ") || null],
    ]),
    "",
    ...wrap(`Why: ${shown.why}`, look.columns),
    ...wrap(`Fix: ${shown.fix}`, look.columns),
  ]);
}

function statusText({ status }: RuleSummary): string {
  const words = { on: "yes", off: "no", "needs-parameter": "needs a parameter" } as const;
  return words[status];
}
