import type { Finding } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";

const order = ["critical", "high", "medium", "low"];

/** Findings, worst first: severity, rule, where, why and how to mend it. */
export function findingLines(findings: readonly Finding[], look: Look): string[] {
  return findings
    .toSorted((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity))
    .flatMap(({ severity, rule, title, address, place, fix, outcome }) => {
      const unknown = outcome === "unknown" ? " (known only after apply)" : "";
      const where = place === undefined ? "" : `${place.file}:${place.line}`;
      return [
        `  ${look.paint(statusStyle(severity), severity)} ${title}${unknown} ${look.paint("dim", `[${rule}]`)}`,
        ...[[where, address].filter((part) => part !== undefined && part !== "").join("  "), ...fix.split("\n")]
          .filter((line) => line.trim() !== "")
          .map((line) => `    ${line}`),
      ];
    });
}
