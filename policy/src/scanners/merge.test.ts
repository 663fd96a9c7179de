import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import { evaluateDirectory } from "../evaluation/evaluate-directory.ts";
import { judgePlan } from "../judging/judge-plan.ts";
import { planOfResources } from "../scan/plan-of-resources.ts";
import type { ScannerFinding } from "./scanner.ts";

const sources = `resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
}

resource "aws_s3_bucket_acl" "logs" {
  bucket = aws_s3_bucket.logs.id
  acl    = "public-read"
}

resource "aws_db_instance" "db" {
  for_each            = toset(["a", "b"])
  identifier          = each.key
  publicly_accessible = true
}
`;

type Told = Partial<ScannerFinding> & Pick<ScannerFinding, "scanner" | "rule">;

async function judge(told: readonly Told[], configuration: Partial<PolicyConfiguration> = {}) {
  const files = new Map([["main.tf", sources]]);
  const { resources } = evaluateDirectory(files, { root: ".", variableFiles: [] });
  const findings = told.map((one) => ({ title: `About ${one.rule}`, addresses: [], ...one }));
  const judgement = await judgePlan({
    planJson: planOfResources(resources, "create"),
    files,
    componentPath: ".",
    environment: "dev",
    layer: "shared",
    environments: ["dev"],
    policyConfiguration: { ...defaultPolicyConfiguration, ...configuration },
    scanned: Promise.resolve({ ran: [], findings, failures: [] }),
  });
  expect(judgement.failures).toEqual([]);
  return judgement.findings
    .filter(({ seenBy }) => seenBy !== undefined)
    .map(({ severity, rule, address = "-", seenBy = [], place }) =>
      [severity, rule, address, seenBy.join("+"), place?.line ?? "-"].join(" "),
    );
}

const checkov = (rule: string, ...addresses: string[]) => ({ scanner: "checkov", rule, addresses });
const trivy = (rule: string, ...addresses: string[]) => ({ scanner: "trivy", rule, addresses });

describe("one problem is one finding", () => {
  it("where we saw it too: ours stays, at its severity and line", async () => {
    expect(
      await judge([
        checkov("CKV_AWS_17", 'aws_db_instance.db["a"]'),
        { ...trivy("AWS-0180", 'aws_db_instance.db["a"]'), severity: "low" },
      ]),
    ).toEqual(['critical aws-rds-public aws_db_instance.db["a"] plumbline+checkov+trivy 13']);
  });

  it("where others name a resource that it belongs to", async () => {
    expect(
      await judge([checkov("CKV_AWS_20", "aws_s3_bucket.logs"), trivy("AWS-0092", "aws_s3_bucket_acl.logs")]),
    ).toEqual(["critical aws-s3-bucket-public-acl aws_s3_bucket_acl.logs plumbline+checkov+trivy 7"]);
  });

  it("where the scanner does not tell instances apart", async () => {
    const both = ['aws_db_instance.db["a"]', 'aws_db_instance.db["b"]'];
    expect(await judge([trivy("AWS-0180", ...both)])).toEqual([
      'critical aws-rds-public aws_db_instance.db["a"] plumbline+trivy 13',
      'critical aws-rds-public aws_db_instance.db["b"] plumbline+trivy 13',
    ]);
    expect(await judge([{ ...trivy("AWS-0133", ...both), severity: "low" }])).toEqual([
      "low trivy:AWS-0133 aws_db_instance.db trivy 10",
    ]);
  });

  it("where only others saw it: our severity for the topic, else theirs, else the table's", async () => {
    expect(
      await judge([
        checkov("CKV_AWS_58", "aws_s3_bucket.logs"),
        { ...trivy("AWS-0039", "aws_s3_bucket.logs"), severity: "critical" },
        { ...trivy("AWS-0133", "aws_s3_bucket.logs"), severity: "high" },
        checkov("CKV_AWS_353", "aws_s3_bucket.logs"),
        checkov("CKV_AWS_144", "aws_s3_bucket.logs"),
      ]),
    ).toEqual([
      "high trivy:AWS-0133 aws_s3_bucket.logs trivy+checkov 1",
      "low checkov:CKV_AWS_144 aws_s3_bucket.logs checkov 1",
      "low checkov:CKV_AWS_58 aws_s3_bucket.logs checkov+trivy 1",
    ]);
  });

  it("where a place is all that is told", async () => {
    expect(
      await judge([
        { ...trivy("AWS-0180"), severity: "high", place: { file: "main.tf", line: 13 } },
        { scanner: "house", rule: "H1", severity: "high", place: { file: "other.tf", line: 3 } },
        { scanner: "house", rule: "H2", addresses: ["data.x.y"] },
      ]),
    ).toEqual([
      'critical aws-rds-public aws_db_instance.db["a"] plumbline+trivy 13',
      'critical aws-rds-public aws_db_instance.db["b"] plumbline+trivy 13',
      "high house:H1 - house 3",
      "medium house:H2 data.x.y house -",
    ]);
  });

  it("but two of a kind in one file are two, so that an old one hides no new one", async () => {
    const at = (line: number) => ({ scanner: "house", rule: "H1", place: { file: "other.tf", line } });
    const medium = (line: number) => `medium house:H1 - house ${line}`;
    expect(await judge([at(9), at(3), at(9)])).toEqual(expect.arrayContaining([medium(3), medium(9)]));
  });

  it("that is switched off is switched off for all", async () => {
    const rules = { "aws-rds-public": { enabled: false } };
    expect(await judge([checkov("CKV_AWS_17", 'aws_db_instance.db["a"]')], { rules })).toEqual([]);
    const lower = { "aws-eks-secrets-no-own-key": { enabled: true, severity: "high" as const } };
    expect(await judge([checkov("CKV_AWS_58", "aws_s3_bucket.logs")], { rules: lower })).toEqual([
      "high checkov:CKV_AWS_58 aws_s3_bucket.logs checkov 1",
    ]);
  });
});
