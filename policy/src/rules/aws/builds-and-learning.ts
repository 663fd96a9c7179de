import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";

const notebook = (internet: string, root: string) => `resource "aws_sagemaker_notebook_instance" "lab" {
  name                   = "lab"
  instance_type          = "ml.t3.medium"
  direct_internet_access = "${internet}"
  root_access            = "${root}"
}`;

const project = (more: string) => `resource "aws_codebuild_project" "shop" {
  name = "shop"
  artifacts {
    type                = "S3"
    encryption_disabled = ${more}
  }
}`;

const server = (protocol: string) => `resource "aws_transfer_server" "partners" {
  protocols            = ["${protocol}"]
  security_policy_name = "TransferSecurityPolicy-2024-01"
}`;

const users = (length: number) => `resource "aws_cognito_user_pool" "shop" {
  name = "shop"
  password_policy {
    minimum_length = ${length}
  }
}`;

export const awsBuildAndLearningRules: Rule[] = [
  {
    id: "aws-sagemaker-notebook-internet",
    severity: "medium",
    category: "exposure",
    title: "The notebook reaches the internet past the network",
    resourceTypes: ["aws_sagemaker_notebook_instance"],
    failsWhen: not(equals("direct_internet_access", "Disabled")),
    why: "Data can leave by a way that no rule of your network sees.",
    fix: 'Set direct_internet_access = "Disabled" and put it into a subnet.',
    controls: [],
    examples: { bad: notebook("Enabled", "Disabled"), good: notebook("Disabled", "Disabled") },
  },
  {
    id: "aws-sagemaker-notebook-root",
    severity: "low",
    category: "access",
    title: "Users of the notebook are root on its machine",
    resourceTypes: ["aws_sagemaker_notebook_instance"],
    failsWhen: not(equals("root_access", "Disabled")),
    why: "A malicious package gets the whole machine and switches off what watches it.",
    fix: 'Set root_access = "Disabled".',
    controls: [],
    examples: { bad: notebook("Disabled", "Enabled"), good: notebook("Disabled", "Disabled") },
  },
  {
    id: "aws-codebuild-artifacts-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "What the build makes is not encrypted",
    resourceTypes: ["aws_codebuild_project"],
    failsWhen: any(
      isTrue("artifacts.encryption_disabled"),
      some("secondary_artifacts", isTrue("encryption_disabled"), ["artifact_identifier"]),
    ),
    why: "Programs and the settings packed with them lie in clear.",
    fix: "Remove encryption_disabled = true.",
    controls: [],
    examples: { bad: project("true"), good: project("false") },
  },
  {
    id: "aws-transfer-plain-text",
    severity: "high",
    category: "encryption",
    title: "Files are exchanged over FTP without TLS",
    resourceTypes: ["aws_transfer_server"],
    failsWhen: anyMatches("protocols", /^FTP$/),
    why: "Passwords and files can be read on the way.",
    fix: 'Use protocols = ["SFTP"] or ["FTPS"].',
    controls: [],
    examples: { bad: server("FTP"), good: server("SFTP") },
  },
  {
    id: "aws-cognito-short-passwords",
    severity: "medium",
    category: "access",
    title: "Users' passwords may be shorter than 8 characters",
    resourceTypes: ["aws_cognito_user_pool"],
    failsWhen: below("password_policy.minimum_length", 8),
    why: "Short passwords are guessed.",
    fix: "Set minimum_length to 12 or more.",
    controls: [],
    examples: { bad: users(6), good: users(12) },
  },
  {
    id: "aws-cognito-guests",
    severity: "medium",
    category: "access",
    title: "Anybody gets AWS credentials without signing in",
    resourceTypes: ["aws_cognito_identity_pool"],
    failsWhen: isTrue("allow_unauthenticated_identities"),
    why: "Whatever the guests' role allows is open to the internet.",
    fix: "Set allow_unauthenticated_identities = false.",
    controls: [],
    examples: {
      bad: `resource "aws_cognito_identity_pool" "shop" {
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = true
}`,
      good: `resource "aws_cognito_identity_pool" "shop" {
  identity_pool_name               = "shop"
  allow_unauthenticated_identities = false
}`,
    },
  },
  {
    id: "aws-event-permission-public",
    severity: "high",
    category: "exposure",
    title: "Everybody may send events to the bus",
    resourceTypes: ["aws_cloudwatch_event_permission"],
    failsWhen: all(equals("principal", "*"), not(matches("condition.key", /^aws:PrincipalOrgID$/))),
    why: "Any AWS account can send events that set off what listens on the bus.",
    fix: "Name the account, or restrict it to your organization by a condition.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: {
      bad: `resource "aws_cloudwatch_event_permission" "all" {
  principal    = "*"
  statement_id = "all"
}`,
      good: `resource "aws_cloudwatch_event_permission" "all" {
  principal    = "*"
  statement_id = "all"
  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-abc"
  }
}`,
    },
  },
];
