import type { Rule } from "../../rule.ts";
import { all, any, connected, equals, isTrue, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";
import type { Connection } from "../../vocabulary/condition.ts";
import { deniesPlainText, statement } from "../../vocabulary/policy-document.ts";

const ofBucket: Connection = { from: "bucket", to: ["bucket", "id"] };

const bucketOnly = `resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
}`;

export const awsS3HygieneRules: Rule[] = [
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
    id: "aws-s3-plain-text-allowed",
    severity: "medium",
    category: "encryption",
    title: "The bucket answers requests without TLS",
    resourceTypes: ["aws_s3_bucket"],
    failsWhen: not(
      any(
        statement("policy", deniesPlainText),
        connected("aws_s3_bucket_policy", ofBucket, statement("policy", deniesPlainText)),
      ),
    ),
    why: "Requests over plain HTTP can be read and changed on the way.",
    fix: "Add a bucket policy that denies s3:* to everybody where aws:SecureTransport is false.",
    controls: ["CIS AWS 5.0 2.1.1"],
    examples: {
      bad: bucketOnly,
      good: `${bucketOnly}
resource "aws_s3_bucket_policy" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}`,
    },
  },
  {
    id: "aws-s3-versioning-off",
    severity: "medium",
    category: "recovery",
    title: "The bucket keeps no older versions",
    resourceTypes: ["aws_s3_bucket"],
    failsWhen: not(
      any(
        isTrue("versioning.enabled"),
        connected("aws_s3_bucket_versioning", ofBucket, equals("versioning_configuration.status", "Enabled")),
      ),
    ),
    why: "What is overwritten or deleted, by mistake or by an attacker, is gone.",
    fix: 'Add an aws_s3_bucket_versioning with status = "Enabled", and a lifecycle rule for old versions.',
    controls: [],
    examples: {
      bad: bucketOnly,
      good: `${bucketOnly}
resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Enabled"
  }
}`,
    },
  },
  {
    id: "aws-s3-mfa-delete-off",
    severity: "low",
    category: "recovery",
    title: "Versions can be deleted without a second factor",
    resourceTypes: ["aws_s3_bucket_versioning"],
    failsWhen: all(
      not(equals("versioning_configuration.mfa_delete", "Enabled")),
      equals("versioning_configuration.status", "Enabled"),
    ),
    why: "A stolen key is enough to delete every version for good.",
    fix: 'Set mfa_delete = "Enabled" (by the root user, with its device), or use object lock for what must stay.',
    controls: ["CIS AWS 5.0 2.1.2"],
    examples: {
      bad: `resource "aws_s3_bucket_versioning" "invoices" {
  bucket = "invoices"
  versioning_configuration {
    status = "Enabled"
  }
}`,
      good: `resource "aws_s3_bucket_versioning" "invoices" {
  bucket = "invoices"
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Enabled"
  }
}`,
    },
  },
  {
    id: "aws-s3-access-logging-off",
    severity: "low",
    category: "logging",
    title: "Access to the bucket is not logged",
    resourceTypes: ["aws_s3_bucket"],
    failsWhen: all(
      lacks("aws_s3_bucket_logging", ofBucket),
      not(present("logging")),
      // The bucket that takes the logs does not log into itself.
      not(
        connected("aws_s3_bucket_logging", { from: "target_bucket", to: ["bucket", "id"] }, present("target_bucket")),
      ),
      not(oneOf("acl", ["log-delivery-write"])),
      // A rule about trails looks at the bucket of one.
      not(connected("aws_cloudtrail", { from: "s3_bucket_name", to: ["bucket", "id"] }, present("s3_bucket_name"))),
    ),
    why: "After an incident nobody can tell who read or deleted what.",
    fix: "Add an aws_s3_bucket_logging that points to a bucket for logs.",
    controls: [],
    examples: {
      bad: bucketOnly,
      good: `${bucketOnly}
resource "aws_s3_bucket_logging" "invoices" {
  bucket        = aws_s3_bucket.invoices.id
  target_bucket = "access-logs"
  target_prefix = "invoices/"
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
];
