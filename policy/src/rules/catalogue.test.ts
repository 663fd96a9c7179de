import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { PolicyParameters } from "../configuration/policy-configuration.ts";
import { judgeResources, rulesInForce } from "../judging/judge-resources.ts";
import { resourcesFromHcl } from "../examples/resources-from-hcl.ts";
import { catalogue } from "./catalogue.ts";

function judged(hcl: string, parameters: PolicyParameters = {}): Finding[] {
  const policy = effectivePolicy({ ...defaultPolicyConfiguration, parameters }, "prod", "shared");
  const found = judgeResources(resourcesFromHcl(hcl), rulesInForce(catalogue, policy), policy);
  return found.map(({ finding }) => finding);
}

function names(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => `${finding.rule} ${finding.outcome}`))];
}

/** What blocks, or would if it were known. */
function fired(hcl: string, parameters: PolicyParameters = {}): string[] {
  return names(judged(hcl, parameters).filter(({ severity }) => severity === "critical" || severity === "high"));
}

describe.each(catalogue.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const { bad, good, parameters } = rule.examples;

  it("is what makes the bad example worse than the good one, and nothing else is", () => {
    const still = names(judged(good, parameters));
    expect(names(judged(bad, parameters)).filter((name) => !still.includes(name))).toEqual([`${id} fail`]);
    expect(still.filter((name) => name.startsWith(`${id} `))).toEqual([]);
  });

  it("is the only blocking one in its bad example; its good one has none", () => {
    expect(fired(bad, parameters).filter((name) => name !== `${id} fail`)).toEqual([]);
    expect(fired(good, parameters)).toEqual([]);
  });

  it("says what a person needs", () => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(10);
    expect(rule.resourceTypes.length).toBeGreaterThan(0);
  });
});

describe("the catalogue", () => {
  it("has every id once", () => {
    expect(new Set(catalogue.map((rule) => rule.id)).size).toBe(catalogue.length);
  });

  it("finds three blocking faults in a public, unencrypted database that is open to the world", () => {
    const found = fired(`
resource "aws_db_instance" "orders" {
  publicly_accessible = true
}
resource "aws_security_group" "orders" {
  ingress {
    from_port        = 5432
    to_port          = 5432
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"]
    cidr_blocks      = ["0.0.0.0/0"]
  }
}`);
    expect(found).toEqual(["aws-rds-public fail", "aws-rds-storage-encrypted fail", "aws-sg-world-open-database fail"]);
  });

  it("finds the same in the lab", () => {
    const found = fired(`
resource "lab_database" "orders" {
  public            = true
  storage_encrypted = false
}
resource "lab_firewall" "orders" {
  ingress {
    port     = 5432
    protocol = "tcp"
    cidr     = "0.0.0.0/0"
  }
}`);
    expect(found).toEqual([
      "lab-database-public fail",
      "lab-database-storage-encrypted fail",
      "lab-firewall-world-open-database fail",
    ]);
  });

  it("does not call a bucket public when the plan cannot yet tell whether its access block belongs to it", () => {
    const found = fired(`
resource "aws_s3_bucket" "a" {
  acl = "public-read"
}
resource "aws_s3_bucket_public_access_block" "a" {
  bucket                  = var.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`);
    expect(found).toEqual(["aws-s3-bucket-public-acl unknown"]);
  });

  it("leaves a bucket public when the access block is another bucket's", () => {
    const found = fired(`
resource "aws_s3_bucket" "a" {
  acl = "public-read"
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`);
    expect(found).toEqual(["aws-s3-bucket-public-acl fail"]);
  });

  it("joins an access list and an access block that name the same bucket", () => {
    const found = (blocked: string) =>
      fired(`
resource "aws_s3_bucket_acl" "a" {
  bucket = aws_s3_bucket.a.id
  acl    = "public-read"
}
resource "aws_s3_bucket_public_access_block" "a" {
  bucket                  = ${blocked}
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`);
    expect(found("aws_s3_bucket.a.bucket")).toEqual([]);
    expect(found("aws_s3_bucket.b.id")).toEqual(["aws-s3-bucket-public-acl fail"]);
    expect(found('"some-name"')).toEqual(["aws-s3-bucket-public-acl unknown"]);
  });

  it("asks no encryption of a replica, which takes it over", () => {
    expect(fired(`resource "aws_db_instance" "r" {\n  replicate_source_db = "orders"\n}`)).toEqual([]);
  });

  it("takes half of the internet for the internet, and ICMP for no port", () => {
    const rule = (protocol: string, cidr: string) =>
      fired(`resource "aws_security_group_rule" "x" {
  type        = "ingress"
  from_port   = 22
  to_port     = 22
  protocol    = "${protocol}"
  cidr_blocks = ["${cidr}"]
}`);
    expect(rule("tcp", "128.0.0.0/1")).toEqual(["aws-sg-rule-world-open-administration fail"]);
    expect(rule("icmp", "0.0.0.0/0")).toEqual([]);
    expect(rule("tcp", "8.0.0.0/8")).toEqual([]);
  });
});
