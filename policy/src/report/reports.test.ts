import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it, test } from "vitest";
import type { ScanReport } from "../scan/scan-report.ts";
import { summarize } from "../scan/summarize.ts";
import { toGitlab } from "./gitlab.ts";
import { toJunit } from "./junit.ts";
import { toMarkdown } from "./markdown.ts";
import { ScanReportSchema } from "./report-schema.ts";
import { toSarif } from "./sarif.ts";

const finding: Finding = {
  fingerprint: "f1",
  rule: "lab-database-public",
  severity: "critical",
  category: "exposure",
  title: "The database can be reached from the internet",
  why: "Why.",
  fix: "Fix.",
  outcome: "fail",
  address: 'module.a["<b>&\u0007|`x`"].lab_database.orders',
  attribute: "public",
  place: { file: "infra/ma in.tf", line: 6, column: 3, text: "public = var.public" },
  chain: [
    { file: "infra/ma in.tf", line: 6, column: 3, text: "public = var.public" },
    { file: "infra/variables.tf", line: 2, column: 3, text: "default = true" },
  ],
  source: "plumbline",
  controls: ["CIS AWS 5.0 2.2.3"],
};
const low: Finding = { ...finding, fingerprint: "f2", rule: "rego:own", severity: "low", title: "@team look\n# here" };
const open: Finding = {
  ...finding,
  fingerprint: "f3",
  outcome: "unknown",
  place: { file: "gone.tf", line: 4 },
  chain: [],
};

const report: ScanReport = summarize({
  path: "plan.out",
  kind: "plan",
  environment: null,
  failOn: "high",
  findings: [open, low, finding],
  judged: { rules: 40, resources: 3, policies: 1, files: 2 },
  failures: [
    { message: "a.rego does not compile: <x>.", next: "Mend it.", places: [{ file: "a.rego", line: 2, column: 1 }] },
  ],
  unknowns: [{ what: "The module is not there.", file: "infra/ma in.tf", line: 9 }],
});
const clean = summarize({ ...report, findings: [], failures: [], unknowns: [] });
const context = { version: "0.1.0", locate: (file: string) => (file === "gone.tf" ? undefined : file) };

test("a report is sorted, counted, and as its schema says", () => {
  expect(report).toMatchObject({ exitCode: 2, counts: { critical: 1, high: 0, medium: 0, low: 1, unknown: 1 } });
  expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual(["f1", "f3", "f2"]);
  expect(ScanReportSchema.parse(report)).toEqual(report);
  expect(ScanReportSchema.safeParse({ ...report, exitCode: 3 }).success).toBe(false);
});

describe("SARIF", () => {
  const run = toSarif(report, context).runs[0]!;

  it("has every rule that a result names, once, with its text", () => {
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(["lab-database-public", "rego:own"]);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(run.tool.driver.rules[0]).toMatchObject({
      defaultConfiguration: { level: "error" },
      properties: { "security-severity": "9.5" },
    });
  });

  it("holds what mends a finding, where the file is there", () => {
    const patch = {
      file: "infra/variables.tf",
      startLine: 2,
      endLine: 2,
      before: ["  default = true"],
      lines: ["  default = false"],
    };
    const log = toSarif(
      {
        ...report,
        findings: [
          { ...finding, patch },
          { ...low, patch: { ...patch, file: "gone.tf" } },
        ],
      },
      context,
    );
    expect(log.runs[0]?.results.map(({ fixes }) => fixes)).toEqual([
      [
        {
          description: { text: "Fix." },
          artifactChanges: [
            {
              artifactLocation: { uri: "infra/variables.tf" },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 17 },
                  insertedContent: { text: "  default = false" },
                },
              ],
            },
          ],
        },
      ],
      undefined,
    ]);
  });

  it("places results in files that exist, also the cause", () => {
    const [first, second] = run.results;
    expect(first).toMatchObject({
      kind: "fail",
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "infra/ma%20in.tf" }, region: { startLine: 6, startColumn: 3 } },
        },
      ],
      relatedLocations: [
        { physicalLocation: { artifactLocation: { uri: "infra/variables.tf" } }, message: { text: "The cause" } },
      ],
      partialFingerprints: { "plumbline/v1": "f1" },
    });
    expect(second).toMatchObject({ kind: "open", level: "none" });
    expect(second?.locations[0]?.physicalLocation).toEqual({ artifactLocation: { uri: "plan.out" } });
    expect(second?.message.text).toContain("gone.tf:4");
  });

  it("says what could not be judged", () => {
    expect(run.invocations).toMatchObject([
      { executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [{ level: "error", locations: [{}] }] },
    ]);
    expect(toSarif(clean, context).runs[0]).toMatchObject({
      results: [],
      invocations: [{ executionSuccessful: true }],
    });
  });
});

describe("JUnit", () => {
  const xml = toJunit(report);

  it("counts and tells failures, errors and skipped cases", () => {
    expect(xml).toContain('tests="4" failures="1" errors="1" skipped="1"');
    expect(xml.match(/<testcase /g)).toHaveLength(4);
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml.match(/<skipped /g)).toHaveLength(1);
    expect(xml).toContain('file="infra/ma in.tf" line="6"');
  });

  it("holds nothing that XML cannot", () => {
    expect(xml).toContain("module.a[&quot;&lt;b&gt;&amp;\uFFFD|");
    expect(xml).not.toContain("\u0007");
    expect(xml).toContain("a.rego does not compile: &lt;x&gt;.");
  });

  it("has a passed case where nothing was found", () => {
    expect(toJunit(clean)).toContain('<testcase classname="plan.out" name="nothing was found"/>');
  });
});

test("GitLab gets one issue for each finding and failure, all in files that exist", () => {
  const issues = toGitlab(report, context);
  expect(issues.map(({ severity, location }) => `${severity} ${location.path}:${location.lines.begin}`)).toEqual([
    "blocker a.rego:2",
    "blocker infra/ma in.tf:6",
    "info plan.out:1",
    "minor infra/ma in.tf:6",
  ]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  expect(toGitlab(clean, context)).toEqual([]);
});

describe("Markdown", () => {
  const text = toMarkdown(report);

  it("says everything", () => {
    expect(text).toContain("## plumb scan: not everything could be judged");
    expect(text).toContain("caused at `infra/variables.tf:2`");
    expect(text).toContain("### Will be judged after apply");
    expect(text).toContain("### Could not be judged");
    expect(text).toContain("### Not known from the sources");
    expect(toMarkdown(clean)).toContain("## plumb scan: nothing found");
  });

  it("lets no text be markup, a mention, or a line or cell of its own", () => {
    expect(text).not.toContain("<x>");
    expect(text).not.toContain("@team");
    expect(text).not.toMatch(/^# here/m);
    expect(text).toContain('`` module.a["<b>&\uFFFD\\|`x`"].lab_database.orders ``');
  });
});
