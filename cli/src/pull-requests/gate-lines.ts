import type { GateCondition } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { wrap } from "../terminal/width.ts";

/** The gate: what is met, what is missing, and who can do it. */
export function gateLines(gate: readonly GateCondition[], look: Look): string[] {
  if (gate.length === 0) return ["  Nothing is demanded."];
  const columns = look.columns === undefined ? undefined : look.columns - 4;
  return gate.flatMap((condition) => {
    const { met, detail, who } = condition;
    const mark = met ? look.paint("green", "✓") : look.paint("red", "✗");
    const [first = "", ...others] = titleLines(condition, look, columns);
    // Often the detail names them already.
    const named = who.every((name) => detail.includes(name));
    const more = met ? [] : [detail, ...(named ? [] : [`can do it: ${who.join(", ")}`])].filter((text) => text !== "");
    return [
      `  ${mark} ${first}`,
      ...[...others, ...more.flatMap((text) => wrap(text, columns))].map((text) => `    ${text}`),
    ];
  });
}

/** The title with the line of the rule that demands it. */
function titleLines({ title, file, line }: GateCondition, look: Look, columns: number | undefined): string[] {
  if (file === null) return wrap(title, columns);
  const rule = `(${file}${line === null ? "" : `:${line}`})`;
  const lines = wrap(`${title} ${rule}`, columns);
  return lines.length > 1 ? lines : [`${title} ${look.paint("dim", rule)}`];
}
