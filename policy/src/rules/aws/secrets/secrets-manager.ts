import type { Rule } from "../../../rule.ts";
import { all, lacks, not, present } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";
import { examplesOf } from "../example.ts";

const secret = (days: number) => `resource "aws_secretsmanager_secret" "orders" {
  name                    = "orders"
  recovery_window_in_days = ${days}
}`;

export const awsSecretsManagerRules: Rule[] = [
  {
    id: "aws-secret-rotated-seldom",
    severity: "low",
    category: "access",
    title: "The secret is changed less than every 90 days",
    resourceTypes: ["aws_secretsmanager_secret_rotation"],
    failsWhen: all(
      not(below("rotation_rules.automatically_after_days", 91)),
      present("rotation_rules.automatically_after_days"),
    ),
    why: "A secret that leaked works for months.",
    fix: "Set automatically_after_days = 90 or less.",
    controls: [],
    examples: examplesOf(
      "aws_secretsmanager_secret_rotation",
      'secret_id = "orders"\nrotation_rules {\n  automatically_after_days = 365\n}',
      'secret_id = "orders"\nrotation_rules {\n  automatically_after_days = 30\n}',
    ),
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
];
