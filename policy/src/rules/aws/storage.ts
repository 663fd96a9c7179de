import type { Rule } from "../../rule.ts";
import { all, isTrue, lacks, matches, not, present } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";

const secret = (days: number) => `resource "aws_secretsmanager_secret" "orders" {
  name                    = "orders"
  recovery_window_in_days = ${days}
}`;

const parameter = (type: string) => `resource "aws_ssm_parameter" "orders" {
  name  = "/orders/db_password"
  type  = "${type}"
  value = "placeholder"
}`;

export const awsStorageRules: Rule[] = [
  {
    id: "aws-efs-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The file system is not encrypted",
    resourceTypes: ["aws_efs_file_system"],
    failsWhen: not(isTrue("encrypted")),
    why: "Whoever gets hold of the disks or a backup can read everything; it cannot be switched on later.",
    fix: "Set encrypted = true.",
    controls: ["CIS AWS 5.0 2.3.1"],
    examples: {
      bad: `resource "aws_efs_file_system" "files" {
  creation_token = "files"
}`,
      good: `resource "aws_efs_file_system" "files" {
  creation_token = "files"
  encrypted      = true
}`,
    },
  },
  {
    id: "aws-workspaces-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "A disk of the virtual desktop is not encrypted",
    resourceTypes: ["aws_workspaces_workspace"],
    failsWhen: not(all(isTrue("root_volume_encryption_enabled"), isTrue("user_volume_encryption_enabled"))),
    why: "Whoever gets hold of the disk can read everything that a person works on.",
    fix: "Set root_volume_encryption_enabled and user_volume_encryption_enabled to true, and volume_encryption_key.",
    controls: [],
    examples: {
      bad: `resource "aws_workspaces_workspace" "ada" {
  directory_id                   = "d-0abc"
  user_volume_encryption_enabled = true
}`,
      good: `resource "aws_workspaces_workspace" "ada" {
  directory_id                   = "d-0abc"
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = true
}`,
    },
  },
  {
    id: "aws-secret-no-recovery",
    severity: "low",
    category: "recovery",
    title: "A deleted secret is gone at once",
    resourceTypes: ["aws_secretsmanager_secret"],
    failsWhen: below("recovery_window_in_days", 7),
    why: "A wrong plan deletes the secret, and what needs it stands still.",
    fix: "Remove recovery_window_in_days = 0.",
    controls: [],
    examples: { bad: secret(0), good: secret(30) },
  },
  {
    id: "aws-secret-not-rotated",
    severity: "low",
    category: "access",
    title: "The secret is not changed by itself",
    resourceTypes: ["aws_secretsmanager_secret"],
    failsWhen: lacks("aws_secretsmanager_secret_rotation", { from: "secret_id", to: ["id", "arn", "name"] }),
    why: "A secret that leaked once works until somebody thinks of changing it.",
    fix: "Add an aws_secretsmanager_secret_rotation.",
    controls: [],
    examples: {
      bad: secret(30),
      good: `${secret(30)}
resource "aws_secretsmanager_secret_rotation" "orders" {
  secret_id           = aws_secretsmanager_secret.orders.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}`,
    },
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
