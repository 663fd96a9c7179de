import type { Rule } from "../../rule.ts";
import { all, any, connected, isTrue, judge, not, oneOf } from "../../vocabulary/condition.ts";
import type { Condition, Connection } from "../../vocabulary/condition.ts";
import { letsEverybodyIn, statement } from "../../vocabulary/policy-document.ts";

const publicAcls = ["public-read", "public-read-write", "website", "authenticated-read"];
const everybody = [
  "http://acs.amazonaws.com/groups/global/AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];

const blockOfBucket: Connection = { from: "bucket", to: ["bucket", "id"] };

/** The bucket's public access block makes this setting of no effect. */
function blockedBy(setting: string): Condition {
  return connected("aws_s3_bucket_public_access_block", blockOfBucket, isTrue(setting));
}

export const awsS3Rules: Rule[] = [
  {
    id: "aws-s3-bucket-public-acl",
    severity: "critical",
    category: "exposure",
    title: "The bucket's access list lets everybody in",
    resourceTypes: ["aws_s3_bucket", "aws_s3_bucket_acl"],
    failsWhen: all(any(oneOf("acl", publicAcls), judgeGrants()), not(blockedBy("ignore_public_acls"))),
    why: "What lies in a public bucket is published, also what somebody puts there by mistake later.",
    fix: 'Use acl = "private", or no access list at all, and add an aws_s3_bucket_public_access_block.',
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: {
      bad: `resource "aws_s3_bucket_acl" "invoices" {
  bucket = "invoices"
  acl    = "public-read"
}`,
      good: `resource "aws_s3_bucket_acl" "invoices" {
  bucket = "invoices"
  acl    = "private"
}`,
    },
  },
  {
    id: "aws-s3-bucket-public-policy",
    severity: "critical",
    category: "exposure",
    title: "The bucket's policy lets everybody in",
    resourceTypes: ["aws_s3_bucket", "aws_s3_bucket_policy"],
    failsWhen: all(statement("policy", letsEverybodyIn), not(blockedBy("restrict_public_buckets"))),
    why: "A statement that allows every principal without a condition publishes what it names.",
    fix: "Name the principals that need access, or put a content delivery network with its own identity in front.",
    controls: ["CIS AWS 5.0 2.1.4", "CIS AWS 7.0 2.21"],
    examples: {
      bad: `resource "aws_s3_bucket_policy" "invoices" {
  bucket = "invoices"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::invoices/*" }]
  })
}`,
      good: `resource "aws_s3_bucket_policy" "invoices" {
  bucket = "invoices"
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*" }]
  })
}`,
    },
  },
  {
    id: "aws-s3-public-access-block-open",
    severity: "high",
    category: "exposure",
    title: "The public access block of the bucket is switched off in part",
    resourceTypes: ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"],
    failsWhen: any(
      not(isTrue("block_public_acls")),
      not(isTrue("block_public_policy")),
      not(isTrue("ignore_public_acls")),
      not(isTrue("restrict_public_buckets")),
    ),
    why: "It is the net below every access list and policy; with a hole in it one mistake publishes the bucket.",
    fix: "Set all four settings to true.",
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: {
      bad: `resource "aws_s3_bucket_public_access_block" "invoices" {
  bucket                  = "invoices"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}`,
      good: `resource "aws_s3_bucket_public_access_block" "invoices" {
  bucket                  = "invoices"
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`,
    },
  },
];

/** Grants to everybody inside an access list that is written out, in the bucket or beside it. */
function judgeGrants(): Condition {
  return judge(
    ({ read }) => {
      for (const path of ["grant", "access_control_policy"]) {
        const value = read(path);
        if (!value.known) return [{ outcome: "unknown", attribute: path }];
        const text = JSON.stringify(value.value) ?? "";
        if (everybody.some((group) => text.includes(JSON.stringify(group))))
          return [{ outcome: "true", attribute: path }];
      }
      return [];
    },
    ["grant", "access_control_policy"],
  );
}
