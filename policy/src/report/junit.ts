import type { Finding } from "@plumbline/contract/findings";
import type { ScanReport } from "../scan/scan-report.ts";
import { fails } from "../scan/summarize.ts";
import { xmlAttribute, xmlText } from "./xml.ts";

/**
 * The report as JUnit XML, as CI systems read it: a finding that fails the scan is a failure, one below the threshold a
 * passed case with its text, one that will be known after apply a skipped case, and what could not be judged an error.
 */
export function toJunit(report: ScanReport): string {
  const failures = report.findings.filter((finding) => fails(finding, report.failOn)).length;
  const cases = [
    ...report.failures.map(({ message, next, places }) => {
      const where = places.map(({ file, line }) => `\n${file}:${line}`).join("");
      return element(
        "could not be judged",
        message,
        `<error message="${xmlAttribute(message)}">${xmlText(next + where)}</error>`,
      );
    }),
    ...report.findings.map((finding) => findingCase(finding, report)),
  ];
  const clean = cases.length === 0 ? [element(report.path, "nothing was found", "")] : cases;
  const numbers = `tests="${clean.length}" failures="${failures}" errors="${report.failures.length}" skipped="${report.counts.unknown}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="plumb scan" ${numbers}>`,
    `<testsuite name="${xmlAttribute(report.path)}" ${numbers}>`,
    ...clean,
    "</testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function findingCase(finding: Finding, { failOn }: ScanReport): string {
  const { rule, severity, title, address, place } = finding;
  const name = `[${severity}] ${title}${address === undefined ? "" : ` (${address})`}`;
  const text = xmlText(bodyOf(finding));
  if (finding.outcome === "unknown")
    return element(rule, name, '<skipped message="This will be judged after apply."/>', place);
  if (!fails(finding, failOn)) return element(rule, name, `<system-out>${text}</system-out>`, place);
  return element(rule, name, `<failure type="${severity}" message="${xmlAttribute(title)}">${text}</failure>`, place);
}

function bodyOf({ place, chain, why, fix, controls }: Finding): string {
  return [
    ...[...(place ? [place] : []), ...chain.slice(1)].map(({ file, line, text }) => `${file}:${line}  ${text ?? ""}`),
    why,
    fix,
    ...controls,
  ].join("\n");
}

function element(className: string, name: string, inner: string, place?: Finding["place"]): string {
  const file = place ? ` file="${xmlAttribute(place.file)}" line="${place.line}"` : "";
  const start = `<testcase classname="${xmlAttribute(className)}" name="${xmlAttribute(name)}"${file}`;
  return inner === "" ? `${start}/>` : `${start}>${inner}</testcase>`;
}
