import { createHash } from "node:crypto";
import type { Severity } from "@plumbline/contract/findings";
import type { ScanReport } from "../scan/scan-report.ts";
import type { ReportContext } from "./report-context.ts";

/** One entry of GitLab's code quality report (its subset of the Code Climate format). */
export interface GitlabIssue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: "info" | "minor" | "major" | "critical" | "blocker";
  location: { path: string; lines: { begin: number } };
}

const severities: Readonly<Record<Severity, GitlabIssue["severity"]>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/** The report for GitLab's merge requests. What has no file that exists is placed at the start of the scanned one. */
export function toGitlab(report: ScanReport, context: ReportContext): GitlabIssue[] {
  const locationOf = (place: { file: string; line: number } | undefined): GitlabIssue["location"] => {
    const path = place && context.locate(place.file);
    return path === undefined || !place
      ? { path: context.locate(report.path) ?? report.path, lines: { begin: 1 } }
      : { path, lines: { begin: place.line } };
  };
  return [
    ...report.failures.map(({ message, next, places }) => ({
      description: `${message} ${next}`,
      check_name: "could-not-judge",
      fingerprint: createHash("sha256")
        .update(JSON.stringify([message, places.map(({ file }) => file)]))
        .digest("hex"),
      severity: "blocker" as const,
      location: locationOf(places[0]),
    })),
    ...report.findings.map(({ rule, title, address, outcome, severity, fingerprint, place, fix }) => ({
      description: `${title}${address === undefined ? "" : ` (${address})`}. ${
        outcome === "unknown" ? "This will be judged after apply." : fix
      }`,
      check_name: rule,
      fingerprint,
      severity: outcome === "unknown" ? ("info" as const) : severities[severity],
      location: locationOf(place),
    })),
  ];
}
