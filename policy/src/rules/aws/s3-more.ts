import type { Rule } from "../../rule.ts";
import { all, any, connected, equals, isTrue, matches, not, oneOf, some } from "../../vocabulary/condition.ts";
import type { Connection } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { namedStatement } from "../../vocabulary/named-resources.ts";
import { allows, isRestricted } from "../../vocabulary/policy-document.ts";
import { exampleOf, examplesOf } from "./example.ts";

const ofBucket: Connection = { from: "bucket", to: ["bucket", "id"] };
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
const writing = /^(?:PUT|POST|DELETE)$/;

const cors = (origin: string) => `bucket = "invoices"
cors_rule {
  allowed_methods = ["PUT"]
  allowed_origins = ["${origin}"]
}`;

const bucket = exampleOf("aws_s3_bucket", 'bucket = "invoices"', "invoices");

const policy = (action: string) => `bucket = "invoices"
policy = jsonencode({
  Statement = [{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::111122223333:role/billing" }
    Action    = "${action}"
    Resource  = ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"]
  }]
})`;

export const awsS3MoreRules: Rule[] = [
  {
    id: "aws-s3-object-public",
    severity: "high",
    category: "exposure",
    title: "Everybody may read the object",
    resourceTypes: ["aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"],
    failsWhen: all(
      oneOf("acl", publicAcls),
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
    id: "aws-s3-any-page-may-write",
    severity: "medium",
    category: "exposure",
    title: "Every web page may write to the bucket in its visitors' name",
    resourceTypes: ["aws_s3_bucket", "aws_s3_bucket_cors_configuration"],
    failsWhen: some("cors_rule", all(anyMatches("allowed_origins", /^\*$/), anyMatches("allowed_methods", writing))),
    why: "A page that a user happens to visit can put or delete objects with what the user holds.",
    fix: "List the origins in allowed_origins.",
    controls: [],
    examples: examplesOf("aws_s3_bucket_cors_configuration", cors("*"), cors("https://shop.example.org"), "invoices"),
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
    examples: examplesOf(
      "aws_s3_bucket_ownership_controls",
      'bucket = "invoices"\nrule {\n  object_ownership = "ObjectWriter"\n}',
      'bucket = "invoices"\nrule {\n  object_ownership = "BucketOwnerEnforced"\n}',
      "invoices",
    ),
  },
  {
    id: "aws-s3-policy-every-action",
    severity: "medium",
    category: "access",
    title: "The bucket's policy allows somebody everything",
    resourceTypes: ["aws_s3_bucket", "aws_s3_bucket_policy"],
    failsWhen: namedStatement(
      "policy",
      (one) =>
        allows(one) &&
        !isRestricted(one) &&
        one.actions.some((action) => action === "*" || action === "s3:*") &&
        // For everybody it is a worse finding of its own.
        !one.principals.aws.includes("*") &&
        one.notPrincipals === undefined,
    ),
    why: "It takes in deleting the bucket and changing this very policy.",
    fix: "Name the actions that are needed.",
    controls: [],
    examples: examplesOf("aws_s3_bucket_policy", policy("s3:*"), policy("s3:GetObject"), "invoices"),
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
