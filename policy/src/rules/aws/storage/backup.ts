import type { Rule } from "../../../rule.ts";
import { lacks, some } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";
import { exampleOf, examplesOf } from "../example.ts";

const plan = (days: number) => `name = "daily"
rule {
  rule_name         = "daily"
  target_vault_name = "main"
  schedule          = "cron(0 3 * * ? *)"
  lifecycle {
    delete_after = ${days}
  }
}`;

export const awsBackupRules: Rule[] = [
  {
    id: "aws-backup-vault-unlocked",
    severity: "low",
    category: "recovery",
    title: "Backups in the vault can be deleted",
    resourceTypes: ["aws_backup_vault"],
    failsWhen: lacks("aws_backup_vault_lock_configuration", { from: "backup_vault_name", to: ["name", "id"] }),
    why: "Whoever holds data to ransom deletes the backups first.",
    fix: "Add an aws_backup_vault_lock_configuration with min_retention_days.",
    controls: [],
    examples: {
      bad: exampleOf("aws_backup_vault", 'name = "main"', "main"),
      good: `${exampleOf("aws_backup_vault", 'name = "main"', "main")}
resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 14
}`,
    },
  },
  {
    id: "aws-backup-soon-deleted",
    severity: "low",
    category: "recovery",
    title: "Backups are deleted within a week",
    resourceTypes: ["aws_backup_plan"],
    failsWhen: some("rule", below("lifecycle.delete_after", 7), ["rule_name"]),
    why: "A fault that is noticed after a long weekend can no longer be undone.",
    fix: "Set delete_after to at least 7 days.",
    controls: [],
    examples: examplesOf("aws_backup_plan", plan(3), plan(35), "daily"),
  },
];
