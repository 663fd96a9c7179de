import type { Finding } from "@plumbline/contract/findings";
import type { ScanReport } from "../scan/scan-report.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";

/** The report as Markdown, for a comment or the summary of a CI job. */
export function toMarkdown(report: ScanReport): string {
  const { findings, failures, unknowns, counts, judged } = report;
  const failing = findings.filter(({ outcome }) => outcome === "fail");
  const open = findings.filter(({ outcome }) => outcome === "unknown");
  const parts = [
    `## plumb scan: ${headline(report)}`,
    `${markdownCode(report.path)}: ${judged.resources} resources and ${judged.files} files judged by ${judged.rules} rules. ` +
      `Critical ${counts.critical}, high ${counts.high}, medium ${counts.medium}, low ${counts.low}.`,
    ...section(
      "Could not be judged",
      failures.map(({ message, next, places }) => {
        const where = places.map(({ file, line }) => markdownCode(`${file}:${line}`)).join(", ");
        return `- ${markdownText(message)}${where === "" ? "" : ` (${where})`} ${markdownText(next)}`;
      }),
    ),
    ...(failing.length === 0 ? [] : [findingTable(failing)]),
    ...section(
      "Will be judged after apply",
      open.map((finding) => `- ${markdownText(finding.title)} ${whereOf(finding)} ${markdownCode(finding.rule)}`),
    ),
    ...section(
      "Not known from the sources",
      unknowns.map(({ what, address, file, line }) => {
        const where = [address, file === undefined ? undefined : `${file}:${line ?? 1}`].filter(
          (one) => one !== undefined,
        );
        return `- ${markdownText(what)} ${where.map(markdownCode).join(" ")}`;
      }),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function headline({ exitCode, counts, failOn }: ScanReport): string {
  if (exitCode === 2) return "not everything could be judged";
  const all = counts.critical + counts.high + counts.medium + counts.low;
  if (exitCode === 1) return `failed, ${all} found`;
  return all === 0 ? "nothing found" : `passed, ${all} below ${failOn} found`;
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}\n\n${items.join("\n")}`];
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    const cause = finding.chain.at(-1);
    const from = cause ? `, caused at ${markdownCode(`${cause.file}:${cause.line}`)}` : "";
    const owners = finding.owners?.length ? ` (${markdownText(finding.owners.join(" "))})` : "";
    return `| ${finding.severity} | ${markdownText(finding.title)} ${markdownCode(finding.rule)} | ${whereOf(finding)}${from}${owners} | ${markdownText(finding.fix)} |`;
  });
  return ["| severity | what | where | fix |", "|---|---|---|---|", ...rows].join("\n");
}

function whereOf({ address, place }: Finding): string {
  const parts = [address, place && `${place.file}:${place.line}`].filter((part) => part !== undefined);
  return parts.map(markdownCode).join(" ");
}
