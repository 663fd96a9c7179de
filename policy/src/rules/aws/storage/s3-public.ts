import type { Rule } from "../../../rule.ts";
import {
  all,
  any,
  type Condition,
  connected,
  equals,
  isTrue,
  judge,
  lacks,
  not,
  oneOf,
} from "../../../vocabulary/condition.ts";
import { letsEverybodyIn, statement } from "../../../vocabulary/policy-document.ts";
import { examplesOf } from "../example.ts";
import { bucketOnly, ofBucket } from "./s3-bucket.ts";

const publicObjectAcls = ["public-read", "public-read-write", "authenticated-read"];

const publicAcls = ["public-read", "public-read-write", "website", "authenticated-read"];

const everybody = [
  "http://acs.amazonaws.com/groups/global/AllUsers",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];

/** The bucket's public access block makes this setting of no effect. */
function blockedBy(setting: string): Condition {
  return connected("aws_s3_bucket_public_access_block", ofBucket, isTrue(setting));
}

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

export const awsS3PublicRules: Rule[] = [
  {
    id: "aws-s3-public-access-block-missing",
    severity: "medium",
    category: "exposure",
    title: "The bucket has no public access block",
    resourceTypes: ["aws_s3_bucket"],
    failsWhen: lacks("aws_s3_bucket_public_access_block", ofBucket),
    why: "New buckets begin closed, but nothing in the code keeps a later access list or policy from opening this one.",
    fix: "Add an aws_s3_bucket_public_access_block with all four settings true.",
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: {
      bad: bucketOnly,
      good: `${bucketOnly}
resource "aws_s3_bucket_public_access_block" "invoices" {
  bucket                  = aws_s3_bucket.invoices.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}`,
    },
  },
  {
    id: "aws-s3-access-point-open",
    severity: "high",
    category: "exposure",
    title: "The access point's public access block is switched off in part",
    resourceTypes: ["aws_s3_access_point"],
    failsWhen: any(
      equals("public_access_block_configuration.block_public_acls", false),
      equals("public_access_block_configuration.block_public_policy", false),
      equals("public_access_block_configuration.ignore_public_acls", false),
      equals("public_access_block_configuration.restrict_public_buckets", false),
    ),
    why: "The settings of an access point cannot be changed later; a policy on it can then publish the bucket's objects.",
    fix: "Leave the block out, or set all four settings to true.",
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: {
      bad: `resource "aws_s3_access_point" "reports" {
  bucket = "invoices"
  name   = "reports"
  public_access_block_configuration {
    block_public_policy = false
  }
}`,
      good: `resource "aws_s3_access_point" "reports" {
  bucket = "invoices"
  name   = "reports"
  public_access_block_configuration {
    block_public_policy = true
  }
}`,
    },
  },
  {
    id: "aws-s3-object-public",
    severity: "high",
    category: "exposure",
    title: "Everybody may read the object",
    resourceTypes: ["aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"],
    failsWhen: all(
      oneOf("acl", publicObjectAcls),
      not(
        connected(
          "aws_s3_bucket_public_access_block",
          { from: "bucket", to: ["bucket"] },
          equals("ignore_public_acls", true),
        ),
      ),
    ),
    why: "It is published by its own access list, whatever the bucket's policy says.",
    fix: 'Remove acl, or set it to "private".',
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: examplesOf(
      "aws_s3_object",
      'bucket = "invoices"\nkey = "one.pdf"\nacl = "public-read"',
      'bucket = "invoices"\nkey = "one.pdf"\nacl = "private"',
      "invoice",
    ),
  },
  {
    id: "aws-s3-access-lists-count",
    severity: "low",
    category: "access",
    title: "Objects keep access lists of their own",
    resourceTypes: ["aws_s3_bucket_ownership_controls"],
    failsWhen: oneOf("rule.object_ownership", ["ObjectWriter", "BucketOwnerPreferred"]),
    why: "Whoever uploads decides who may read, and the bucket's policy does not show it.",
    fix: 'Set object_ownership = "BucketOwnerEnforced", which switches access lists off.',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_s3_bucket_ownership_controls",
      'bucket = "invoices"\nrule {\n  object_ownership = "ObjectWriter"\n}',
      'bucket = "invoices"\nrule {\n  object_ownership = "BucketOwnerEnforced"\n}',
      "invoices",
    ),
  },
  {
    id: "aws-s3-multi-region-point-open",
    severity: "high",
    category: "exposure",
    title: "The multi-region access point's public access block is switched off in part",
    resourceTypes: ["aws_s3control_multi_region_access_point"],
    failsWhen: any(
      ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((setting) =>
        equals(`details.public_access_block.${setting}`, false),
      ),
    ),
    why: "The settings cannot be changed later; a policy on it can then publish the buckets' objects.",
    fix: "Leave the block out, or set all four settings to true.",
    controls: ["CIS AWS 5.0 2.1.4"],
    examples: examplesOf(
      "aws_s3control_multi_region_access_point",
      'details {\n  name = "invoices"\n  public_access_block {\n    block_public_policy = false\n  }\n  region {\n    bucket = "invoices"\n  }\n}',
      'details {\n  name = "invoices"\n  region {\n    bucket = "invoices"\n  }\n}',
      "invoices",
    ),
  },
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
