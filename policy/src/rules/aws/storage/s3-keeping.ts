import type { Rule } from "../../../rule.ts";
import {
  all,
  any,
  connected,
  equals,
  isTrue,
  lacks,
  matches,
  not,
  oneOf,
  present,
  some,
} from "../../../vocabulary/condition.ts";
import { exampleOf, examplesOf } from "../example.ts";
import { bucketOnly, ofBucket } from "./s3-bucket.ts";

const bucket = exampleOf("aws_s3_bucket", 'bucket = "invoices"', "invoices");

export const awsS3KeepingRules: Rule[] = [
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
    repair: "none",
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
    id: "aws-s3-no-own-key",
    severity: "low",
    category: "encryption",
    title: "The bucket's objects are not encrypted with a key of your own",
    resourceTypes: ["aws_s3_bucket"],
    // Without any setting S3 encrypts with a key that it manages by itself.
    failsWhen: not(
      any(
        matches(
          "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm",
          /^aws:kms/,
        ),
        connected(
          "aws_s3_bucket_server_side_encryption_configuration",
          ofBucket,
          some("rule", matches("apply_server_side_encryption_by_default.sse_algorithm", /^aws:kms/)),
        ),
      ),
    ),
    why: "With a key of your own, reading needs a second permission, and every use of it is recorded.",
    fix: 'Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key.',
    controls: [],
    examples: {
      bad: bucket,
      good: `${bucket}
resource "aws_s3_bucket_server_side_encryption_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "arn:aws:kms:eu-west-1:111122223333:key/abc"
    }
  }
}`,
    },
  },
  {
    id: "aws-s3-deleted-with-content",
    severity: "low",
    category: "recovery",
    title: "The bucket is deleted with all that is in it",
    resourceTypes: ["aws_s3_bucket", "aws_s3_directory_bucket"],
    failsWhen: isTrue("force_destroy"),
    why: "A wrong plan deletes every object and version; nothing asks first.",
    fix: "Remove force_destroy = true; empty the bucket by hand when it really has to go.",
    controls: [],
    examples: examplesOf(
      "aws_s3_bucket",
      'bucket = "invoices"\nforce_destroy = true',
      'bucket = "invoices"',
      "invoices",
    ),
  },
];
