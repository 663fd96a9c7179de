import { describe, expect, it } from "vitest";
import { scan } from "../scan/scan.ts";

const well = `
data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
resource "aws_iam_role" "app" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}
resource "aws_s3_bucket" "logs" {}
`;

/** Rules of high and critical severity that fire, those that cannot tell yet with a question mark. */
async function blocking(main: string): Promise<string[]> {
  const { findings } = await scan({ path: ".", kind: "directory", files: new Map([["main.tf", well + main]]) });
  return findings
    .filter(({ severity }) => severity === "critical" || severity === "high")
    .map(({ rule, outcome, address }) => `${rule}${outcome === "unknown" ? "?" : ""} ${address}`);
}

const queue = (policy: string) =>
  `resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = true\n  policy = ${policy}\n}`;
const document = (principal: string, wrap = "") => `<<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Principal": {"AWS": "${principal}"}${wrap}}]}
EOF
`;
const open = ["aws-sqs-queue-public aws_sqs_queue.q"];
const unsure = ["aws-sqs-queue-public? aws_sqs_queue.q"];

describe("texts that are known in part", () => {
  it.each([
    ["a principal of a role being made", queue(document("${aws_iam_role.app.arn}")), []],
    [
      "an account that only a plan knows",
      queue(document("arn:aws:iam::${data.aws_caller_identity.current.account_id}:root")),
      [],
    ],
    ["everybody, in a text with a name in it", queue(document("*", ', "Sid": "${aws_s3_bucket.logs.arn}"')), open],
    ["a principal that may be everybody", `variable "who" {}\n${queue(document("${var.who}"))}`, unsure],
    [
      "a name put in by replace",
      queue(
        `replace(jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*", Principal = { AWS = "_WHO_" } }] }), "_WHO_", aws_iam_role.app.arn)`,
      ),
      [],
    ],
    [
      "everybody, beside a name put in by replace",
      queue(
        `replace(jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*", Principal = { AWS = "*" }, Resource = "_Q_" }] }), "_Q_", aws_s3_bucket.logs.arn)`,
      ),
      open,
    ],
    [
      "documents taken together by compact",
      `data "aws_iam_policy_document" "one" {
  statement {
    actions   = ["sqs:*"]
    resources = [aws_s3_bucket.logs.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = compact([data.aws_iam_policy_document.one.json, ""])
}
${queue("data.aws_iam_policy_document.all.json")}`,
      open,
    ],
    [
      "a policy named through the partition",
      `resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"
}`,
      [],
    ],
    [
      "administrators named through the partition",
      `resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"
}`,
      ["aws-iam-administrator-attached aws_iam_role_policy_attachment.a"],
    ],
    [
      "a provider of tokens that is being made, without whose tokens",
      `resource "aws_iam_openid_connect_provider" "github" {
  url = "https://token.actions.githubusercontent.com"
}
resource "aws_iam_role" "deploy" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
  }] })
}`,
      ["aws-iam-role-trusts-any-repository aws_iam_role.deploy"],
    ],
    [
      "administrators named through a data source",
      `data "aws_iam_policy" "all" {
  name = "AdministratorAccess"
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.app.name
  policy_arn = data.aws_iam_policy.all.arn
}`,
      ["aws-iam-administrator-attached aws_iam_role_policy_attachment.a"],
    ],
    [
      "the network of one address",
      `resource "aws_eip" "nat" {}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "\${aws_eip.nat.public_ip}/32"
}`,
      [],
    ],
  ])("%s", async (_, main, expected) => {
    expect(await blocking(main)).toEqual(expected);
  });
});
