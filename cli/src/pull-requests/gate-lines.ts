import type { GateCondition } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { wrap } from "../terminal/width.ts";

/** The gate: what is met, what is missing, and who can do it. */
export function gateLines(gate: readonly GateCondition[], look: Look): string[] {
  if (gate.length === 0) return ["  Nothing is demanded."];
  return gate.flatMap(({ met, title, detail, who, file, line }) => {
    const mark = met ? look.paint("green", "✓") : look.paint("red", "✗");
    const rule = file === null ? "" : look.paint("dim", ` (${file}${line === null ? "" : `:${line}`})`);
    const columns = look.columns === undefined ? undefined : look.columns - 4;
    const more = met
      ? []
      : [detail, ...(who.length === 0 ? [] : [`can do it: ${who.join(", ")}`])].filter((text) => text !== "");
    return [`  ${mark} ${title}${rule}`, ...more.flatMap((text) => wrap(text, columns)).map((text) => `    ${text}`)];
  });
}
