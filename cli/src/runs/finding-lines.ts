import type { Finding } from "@plumbline/contract";
import { afterApply } from "@plumbline/contract/findings";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";

const order = ["critical", "high", "medium", "low"];

/** Findings, worst first: severity, rule, where, why and how to mend it. */
export function findingLines(findings: readonly Finding[], look: Look): string[] {
  return findings
    .toSorted((left, right) => order.indexOf(left.severity) - order.indexOf(right.severity))
    .flatMap((finding) => {
      const { severity, rule, title, address, place, fix, standing, owners } = finding;
      const after = afterApply(finding);
      const unknown = after === undefined ? "" : ` (${after})`;
      const where = place === undefined ? "" : `${place.file}:${place.line}`;
      return [
        `  ${look.paint(statusStyle(severity), severity)} ${title}${unknown} ${look.paint("dim", `[${rule}]`)}`,
        ...standingLines(standing, owners),
        ...[[where, address].filter((part) => part !== undefined && part !== "").join("  "), ...fix.split("\n")]
          .filter((line) => line.trim() !== "")
          .map((line) => `    ${line}`),
      ];
    });
}

/** How it stands with the gate, where that is more than new. */
function standingLines(standing: Finding["standing"], owners: readonly string[] = []): string[] {
  if (standing === undefined || standing.kind === "new") return [];
  const { kind, until, waiver, blocks } = standing;
  const owner = owners.length === 0 ? "" : `, owner ${owners.join(" ")}`;
  const date = until?.slice(0, 10) ?? "";
  const words = {
    touched: "was there before; touched by the change",
    baseline: `was there before; ${blocks ? "old findings block here" : date === "" ? "only reported" : `blocks from ${date} on`}${owner}`,
    overdue: `was there before; blocks since ${date}${owner}`,
    waived: `waived until ${waiver?.expires ?? date} (${waiver?.ticket ?? ""}): ${waiver?.reason ?? ""}`,
    "expired-waiver": `its waiver expired on ${waiver?.expires ?? ""} (${waiver?.ticket ?? ""})`,
  } as const;
  return [`    ${words[kind]}`];
}
