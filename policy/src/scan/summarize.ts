import type { Finding, Severity } from "@plumbline/contract/findings";
import { compareFindings } from "../judging/severity.ts";
import { lintRules } from "../lint/lint-rules.ts";
import type { ScanFailure, ScanReport } from "./scan-report.ts";

const ranks: readonly Severity[] = ["critical", "high", "medium", "low"];

/** True where a finding is as bad as `failOn` or worse. What is known only after apply never is. */
export function fails(finding: Pick<Finding, "severity" | "outcome">, failOn: Severity): boolean {
  return finding.outcome === "fail" && ranks.indexOf(finding.severity) <= ranks.indexOf(failOn);
}

/** Completes a report: order, counts and exit code follow from the rest. */
export function summarize(report: Omit<ScanReport, "version" | "counts" | "exitCode">): ScanReport {
  const findings = report.findings.toSorted(compareFindings);
  const failing = findings.filter(({ outcome }) => outcome === "fail");
  const count = (severity: Severity): number => failing.filter((finding) => finding.severity === severity).length;
  return {
    version: 1,
    ...report,
    findings,
    exitCode: isUnjudged(findings, report.failures) ? 2 : failing.some((one) => fails(one, report.failOn)) ? 1 : 0,
    counts: {
      critical: count("critical"),
      high: count("high"),
      medium: count("medium"),
      low: count("low"),
      unknown: findings.length - failing.length,
    },
  };
}

/** A file that does not parse or a rule that breaks is a finding, and something that was not judged all the same. */
function isUnjudged(findings: readonly Finding[], failures: readonly ScanFailure[]): boolean {
  return failures.length > 0 || findings.some(({ rule }) => rule === lintRules.syntax.id || rule === "rule-broken");
}
