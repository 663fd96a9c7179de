import type { Rule } from "../../../rule.ts";
import { all, equals, matches, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const session = (logGroup: string) => `name = "SSM-SessionManagerRunShell"
document_type = "Session"
content = jsonencode({
  schemaVersion = "1.0"
  sessionType   = "Standard_Stream"
  inputs        = { cloudWatchLogGroupName = "${logGroup}", s3BucketName = "" }
})`;

const parameter = (type: string) => `resource "aws_ssm_parameter" "orders" {
  name  = "/orders/db_password"
  type  = "${type}"
  value = "placeholder"
}`;

export const awsSystemsManagerRules: Rule[] = [
  {
    id: "aws-ssm-session-not-logged",
    severity: "medium",
    category: "logging",
    title: "Sessions on machines are not logged",
    resourceTypes: ["aws_ssm_document"],
    failsWhen: all(
      matches("content", /"sessionType"\s*:\s*"Standard_Stream"/),
      not(matches("content", /"(?:cloudWatchLogGroupName|s3BucketName)"\s*:\s*"[^"]+"/)),
    ),
    why: "Nobody can tell who did what on a machine.",
    fix: "Name a log group in cloudWatchLogGroupName or a bucket in s3BucketName.",
    controls: [],
    examples: examplesOf("aws_ssm_document", session(""), session("/sessions"), "session"),
  },
  {
    id: "aws-ssm-documents-may-be-public",
    severity: "medium",
    category: "exposure",
    title: "Documents of the region may be shared with everybody",
    resourceTypes: ["aws_ssm_service_setting"],
    failsWhen: all(
      equals("setting_value", "Enable"),
      matches("setting_id", /\/ssm\/documents\/console\/public-sharing-permission$/),
    ),
    why: "One wrong call publishes scripts that name machines, addresses and passwords.",
    fix: 'Set the value to "Disable".',
    controls: [],
    examples: examplesOf(
      "aws_ssm_service_setting",
      'setting_id = "/ssm/documents/console/public-sharing-permission"\nsetting_value = "Enable"',
      'setting_id = "/ssm/documents/console/public-sharing-permission"\nsetting_value = "Disable"',
      "sharing",
    ),
  },
  {
    id: "aws-parameter-secret-in-clear",
    severity: "medium",
    category: "encryption",
    title: "A parameter that is named like a secret is kept in clear",
    resourceTypes: ["aws_ssm_parameter"],
    failsWhen: all(
      matches("type", /^String(?:List)?$/),
      // The last part of the name says what it is; "password-length" or "token-url" is none.
      matches(
        "name",
        /(?:^|[/_.-])(?:password|passwd|secret|private[_-]?key|api[_-]?key|access[_-]?token|auth[_-]?token|secret[_-]?key)$/i,
      ),
    ),
    why: "Everybody who may read parameters can read it, and no use of a key is recorded.",
    fix: 'Set type = "SecureString".',
    controls: [],
    examples: { bad: parameter("String"), good: parameter("SecureString") },
  },
  {
    id: "aws-ssm-document-public",
    severity: "high",
    category: "exposure",
    title: "The document is shared with everybody",
    resourceTypes: ["aws_ssm_document"],
    failsWhen: all(matches("permissions.account_ids", /^all$/i), present("permissions.type")),
    why: "Scripts often name machines, addresses and passwords; any AWS account can read them.",
    fix: "List in account_ids only the accounts that need it.",
    controls: [],
    examples: {
      bad: `resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  permissions   = { type = "Share", account_ids = "All" }
}`,
      good: `resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  permissions   = { type = "Share", account_ids = "111122223333" }
}`,
    },
  },
];
