import type { Context } from "../command/context.ts";
import { statusStyle } from "../terminal/status-style.ts";
import { wrap } from "../terminal/width.ts";
import { findRule } from "./find-rule.ts";

/** `plumb rules show ID` */
export function showRule(context: Context, id: string): void {
  const rule = findRule(id);
  const { severity, category, title, why, fix, controls } = rule;
  const own = "resourceTypes" in rule ? rule : undefined;
  const shown = {
    id,
    severity,
    category,
    title,
    resourceTypes: [...(own?.resourceTypes ?? [])],
    parameters: [...(own?.needs ?? [])],
    why,
    fix,
    controls: [...controls],
    examples: own?.examples ?? null,
  };
  // Rules are ours: their examples keep their lines.
  context.print(shown, (_, look) => [
    `${look.paint("bold", id)}  ${look.paint(statusStyle(severity), severity)}  ${category}`,
    title,
    "",
    `looks at  ${own === undefined ? "sources" : own.resourceTypes.join(", ")}`,
    ...(shown.parameters.length === 0 ? [] : [`in force with  ${shown.parameters.join(", ")}`]),
    ...(controls.length === 0 ? [] : [`controls  ${controls.join(", ")}`]),
    "",
    ...wrap(`Why: ${why}`, look.columns),
    ...wrap(`Fix: ${fix}`, look.columns),
    ...(own === undefined ? [] : ["", "Bad:", ...indented(own.examples.bad), "Good:", ...indented(own.examples.good)]),
  ]);
}

function indented(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => `    ${line}`);
}
