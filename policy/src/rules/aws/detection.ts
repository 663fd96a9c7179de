import type { Rule } from "../../rule.ts";
import { all, any, equals, lacks, not, present, some } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { exampleOf, examplesOf } from "./example.ts";

const plan = (days: number) => `name = "daily"
rule {
  rule_name         = "daily"
  target_vault_name = "main"
  schedule          = "cron(0 3 * * ? *)"
  lifecycle {
    delete_after = ${days}
  }
}`;

const alarm = (more: string) => `alarm_name = "root-login"
comparison_operator = "GreaterThanOrEqualToThreshold"
evaluation_periods = 1
metric_name = "root-login"
namespace = "security"
period = 300
statistic = "Sum"
threshold = 1
${more}`;

export const awsDetectionRules: Rule[] = [
  {
    id: "aws-cloudwatch-alarm-without-action",
    severity: "low",
    category: "logging",
    title: "Nobody is told when the alarm goes off",
    resourceTypes: ["aws_cloudwatch_metric_alarm"],
    failsWhen: any(
      equals("actions_enabled", false),
      all(
        not(present("alarm_actions")),
        not(present("ok_actions")),
        not(present("insufficient_data_actions")),
        // An alarm may be there for another one to look at.
        lacks("aws_cloudwatch_composite_alarm", { from: "alarm_rule", to: ["alarm_name", "arn"] }),
      ),
    ),
    why: "It turns red on a page that nobody looks at.",
    fix: "Set alarm_actions to a topic with subscribers.",
    controls: [],
    examples: examplesOf(
      "aws_cloudwatch_metric_alarm",
      alarm(""),
      alarm('alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:security"]'),
      "root",
    ),
  },
  {
    id: "aws-guardduty-feature-off",
    severity: "low",
    category: "logging",
    title: "A part of the threat detector is switched off",
    resourceTypes: ["aws_guardduty_detector_feature", "aws_guardduty_organization_configuration_feature"],
    failsWhen: any(equals("status", "DISABLED"), equals("auto_enable", "NONE")),
    why: "Attacks on what this part looks at are not noticed.",
    fix: 'Set status = "ENABLED".',
    controls: [],
    examples: examplesOf(
      "aws_guardduty_detector_feature",
      'detector_id = "abc"\nname = "S3_DATA_EVENTS"\nstatus = "DISABLED"',
      'detector_id = "abc"\nname = "S3_DATA_EVENTS"\nstatus = "ENABLED"',
      "storage",
    ),
  },
  {
    id: "aws-guardduty-members-left-out",
    severity: "medium",
    category: "logging",
    title: "New accounts of the organization get no threat detector",
    resourceTypes: ["aws_guardduty_organization_configuration"],
    failsWhen: any(equals("auto_enable_organization_members", "NONE"), equals("auto_enable", false)),
    why: "Attacks in accounts that nobody thought of are not noticed.",
    fix: 'Set auto_enable_organization_members = "ALL".',
    controls: [],
    examples: examplesOf(
      "aws_guardduty_organization_configuration",
      'detector_id = "abc"\nauto_enable_organization_members = "NONE"',
      'detector_id = "abc"\nauto_enable_organization_members = "ALL"',
      "all",
    ),
  },
  {
    id: "aws-guardduty-findings-hidden",
    severity: "low",
    category: "logging",
    title: "Findings of the threat detector are put away unread",
    resourceTypes: ["aws_guardduty_filter"],
    failsWhen: equals("action", "ARCHIVE"),
    why: "Whoever knows the filter stays below it; nobody sees what it hides.",
    fix: 'Narrow the filter, note why, or use action = "NOOP".',
    controls: [],
    examples: examplesOf(
      "aws_guardduty_filter",
      'name = "tests"\ndetector_id = "abc"\nrank = 1\naction = "ARCHIVE"',
      'name = "tests"\ndetector_id = "abc"\nrank = 1\naction = "NOOP"',
      "tests",
    ),
  },
  {
    id: "aws-inspector-members-left-out",
    severity: "low",
    category: "maintenance",
    title: "Machines or images of new accounts are not searched for known faults",
    resourceTypes: ["aws_inspector2_organization_configuration"],
    failsWhen: any(equals("auto_enable.ec2", false), equals("auto_enable.ecr", false)),
    why: "They run with known faults and nobody knows.",
    fix: "Set ec2 and ecr to true in auto_enable.",
    controls: [],
    examples: examplesOf(
      "aws_inspector2_organization_configuration",
      "auto_enable {\n  ec2 = true\n  ecr = false\n}",
      "auto_enable {\n  ec2 = true\n  ecr = true\n}",
      "all",
    ),
  },
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
