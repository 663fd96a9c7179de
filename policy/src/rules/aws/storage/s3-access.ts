import type { Rule } from "../../../rule.ts";
import { all, any, connected, not, some } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { namedStatement } from "../../../vocabulary/named-resources.ts";
import { allows, deniesPlainText, isRestricted, statement } from "../../../vocabulary/policy-document.ts";
import { examplesOf } from "../example.ts";
import { bucketOnly, ofBucket } from "./s3-bucket.ts";

const writing = /^(?:PUT|POST|DELETE)$/;

const cors = (origin: string) => `bucket = "invoices"
cors_rule {
  allowed_methods = ["PUT"]
  allowed_origins = ["${origin}"]
}`;

const policy = (action: string) => `bucket = "invoices"
policy = jsonencode({
  Statement = [{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::111122223333:role/billing" }
    Action    = "${action}"
    Resource  = ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"]
  }]
})`;

export const awsS3AccessRules: Rule[] = [
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
];
