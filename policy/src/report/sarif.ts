import { pathToFileURL } from "node:url";
import type { Finding, Patch, Severity, SourcePlace } from "@plumbline/contract/findings";
import type { ScanFailure, ScanReport } from "../scan/scan-report.ts";
import type { ReportContext } from "./report-context.ts";
import { describeRules } from "./rule-description.ts";
import type { RuleDescription } from "./rule-description.ts";
import type {
  SarifFix,
  SarifLevel,
  SarifLocation,
  SarifLog,
  SarifNotification,
  SarifResult,
  SarifRule,
} from "./sarif-types.ts";

const levels: Readonly<Record<Severity, SarifLevel>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** What code hosts sort by: a number as in CVSS. */
const scores: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/**
 * The report as a SARIF 2.1.0 log. Every path in it exists: what has no file of its own is placed in the scanned file,
 * and its message says where it stands. What is known only after apply has the kind `open`.
 */
export function toSarif(report: ScanReport, context: ReportContext): SarifLog {
  const rules = describeRules(report.findings);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "plumb",
            version: context.version,
            semanticVersion: context.version,
            rules: rules.map(toRule),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: report.exitCode !== 2,
            exitCode: report.exitCode,
            toolExecutionNotifications: report.failures.map((failure) => toNotification(failure, context)),
          },
        ],
        results: report.findings.map((finding) =>
          toResult(finding, indexes.get(finding.rule) ?? 0, report.path, context),
        ),
      },
    ],
  };
}

function toRule({ id, title, severity, category, why, fix, controls }: RuleDescription): SarifRule {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", category, ...controls], "security-severity": scores[severity], severity },
  };
}

function toResult(finding: Finding, ruleIndex: number, scanned: string, context: ReportContext): SarifResult {
  const { rule, outcome, severity, category, source, fingerprint, place, chain, address } = finding;
  const placed = place && toLocation(place, context);
  const location = placed ?? {
    physicalLocation: { artifactLocation: { uri: uriOf(context.locate(scanned) ?? scanned) } },
  };
  const related = chain.slice(1).flatMap((step, index) => {
    const found = toLocation(step, context);
    const text = index === chain.length - 2 ? "The cause" : "The value comes from here";
    return found ? [{ id: index + 1, ...found, message: { text } }] : [];
  });
  const fixes = finding.patch ? toFixes(finding.patch, finding.fix, context) : [];
  return {
    ruleId: rule,
    ruleIndex,
    kind: outcome === "fail" ? "fail" : "open",
    level: outcome === "fail" ? levels[severity] : "none",
    message: { text: messageOf(finding, placed === undefined) },
    locations: [
      {
        ...location,
        ...(address === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }] }),
      },
    ],
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    ...(fixes.length > 0 ? { fixes } : {}),
    partialFingerprints: { "plumbline/v1": fingerprint },
    properties: { severity, outcome, category, source, ...(finding.owners ? { owners: finding.owners } : {}) },
  };
}

/** What mends it; only where the file is there. */
function toFixes(
  { file, startLine, endLine, before, lines }: Patch,
  description: string,
  context: ReportContext,
): SarifFix[] {
  const path = context.locate(file);
  if (path === undefined) return [];
  const endColumn = (before.at(-1) ?? "").length + 1;
  const replacement = {
    deletedRegion: { startLine, startColumn: 1, endLine, endColumn },
    insertedContent: { text: lines.join("\n") },
  };
  const artifactLocation = { uri: uriOf(path) };
  return [{ description: { text: description }, artifactChanges: [{ artifactLocation, replacements: [replacement] }] }];
}

function messageOf({ title, address, place, outcome, fix }: Finding, isElsewhere: boolean): string {
  const where = [address, ...(isElsewhere && place ? [`${place.file}:${place.line}`] : [])].filter(Boolean).join(", ");
  const open = outcome === "unknown" ? " This will be known after apply only." : "";
  return `${title}${where === "" ? "" : ` (${where})`}.${open} ${fix}`;
}

function toNotification({ message, next, places }: ScanFailure, context: ReportContext): SarifNotification {
  const locations = places.flatMap((place) => toLocation(place, context) ?? []);
  return { level: "error", message: { text: `${message} ${next}` }, ...(locations.length > 0 ? { locations } : {}) };
}

function toLocation(
  place: Pick<SourcePlace, "file" | "line" | "endLine" | "text"> & { column?: number | undefined },
  context: ReportContext,
): SarifLocation | undefined {
  const path = context.locate(place.file);
  if (path === undefined) return undefined;
  const { line, column, endLine, text } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path) },
      region: {
        startLine: line,
        ...(column === undefined ? {} : { startColumn: column }),
        ...(endLine === undefined ? {} : { endLine }),
        ...(text === undefined ? {} : { snippet: { text } }),
      },
    },
  };
}

/** A path as a URI reference; an absolute one as a file URI. */
function uriOf(path: string): string {
  if (path.startsWith("/")) return pathToFileURL(path).href;
  return path.split("/").map(encodeURIComponent).join("/");
}
