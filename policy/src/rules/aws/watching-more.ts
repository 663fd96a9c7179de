import type { Rule } from "../../rule.ts";
import {
  all,
  any,
  equals,
  isTrue,
  lacks,
  matches,
  not,
  oneOf,
  present,
  refersTo,
  some,
} from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";
import { exampleOf, examplesOf } from "./example.ts";

const trail = (more: string, bucket = '"trail"') =>
  exampleOf(
    "aws_cloudtrail",
    `name = "all"
s3_bucket_name = ${bucket}
is_multi_region_trail = true
enable_log_file_validation = true
kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/abc"${more}`,
    "all",
  );

const selector = (inside: string) => trail(`\nevent_selector {\n${inside}\n}`);

const trailBucket = `${exampleOf("aws_s3_bucket", 'bucket = "trail-files"', "trail")}\n${trail("", "aws_s3_bucket.trail.id")}`;

const store = (more: string) => `name = "all"\n${more}`;

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

const recorder = (global: boolean) => `recording_group {
  all_supported                 = true
  include_global_resource_types = ${global}
}`;

const session = (logGroup: string) => `name = "SSM-SessionManagerRunShell"
document_type = "Session"
content = jsonencode({
  schemaVersion = "1.0"
  sessionType   = "Standard_Stream"
  inputs        = { cloudWatchLogGroupName = "${logGroup}", s3BucketName = "" }
})`;

export const awsWatchingMoreRules: Rule[] = [
  {
    id: "aws-cloudtrail-partial",
    severity: "medium",
    category: "logging",
    title: "The trail leaves out reads, writes or management calls",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: some(
      "event_selector",
      any(oneOf("read_write_type", ["ReadOnly", "WriteOnly"]), equals("include_management_events", false)),
    ),
    why: "After an incident a part of what was done cannot be told.",
    fix: 'Set read_write_type = "All" and leave include_management_events at true.',
    controls: ["CIS AWS 5.0 3.1"],
    examples: {
      bad: selector('  read_write_type = "WriteOnly"'),
      good: selector('  read_write_type = "All"'),
    },
  },
  {
    id: "aws-cloudtrail-bucket-not-logged",
    severity: "low",
    category: "logging",
    title: "Access to the bucket with the trail's files is not logged",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: refersTo(
      "aws_s3_bucket",
      { from: "s3_bucket_name", to: ["bucket", "id"] },
      all(lacks("aws_s3_bucket_logging", { from: "bucket", to: ["bucket", "id"] }), not(present("logging"))),
    ),
    why: "Nobody can tell who read or removed the records of what was done.",
    fix: "Add an aws_s3_bucket_logging for the trail's bucket, into another bucket.",
    controls: ["CIS AWS 5.0 3.4"],
    examples: {
      bad: trailBucket,
      good: `${trailBucket}
resource "aws_s3_bucket_logging" "trail" {
  bucket        = aws_s3_bucket.trail.id
  target_bucket = "access-logs"
  target_prefix = "trail/"
}`,
    },
  },
  {
    id: "aws-event-store-one-region",
    severity: "medium",
    category: "logging",
    title: "The event store sees one region only",
    resourceTypes: ["aws_cloudtrail_event_data_store"],
    failsWhen: equals("multi_region_enabled", false),
    why: "Attackers work in the regions that nobody looks at.",
    fix: "Remove multi_region_enabled = false.",
    controls: [],
    examples: examplesOf(
      "aws_cloudtrail_event_data_store",
      store("multi_region_enabled = false"),
      store("multi_region_enabled = true"),
      "all",
    ),
  },
  {
    id: "aws-event-store-deletable",
    severity: "low",
    category: "recovery",
    title: "The event store can be deleted by one call",
    resourceTypes: ["aws_cloudtrail_event_data_store"],
    failsWhen: equals("termination_protection_enabled", false),
    why: "Whoever comes in removes the traces with one call.",
    fix: "Remove termination_protection_enabled = false.",
    controls: [],
    examples: examplesOf(
      "aws_cloudtrail_event_data_store",
      store("termination_protection_enabled = false"),
      store("termination_protection_enabled = true"),
      "all",
    ),
  },
  {
    id: "aws-config-recorder-no-global",
    severity: "low",
    category: "logging",
    title: "The configuration recorder leaves out IAM and other global resources",
    resourceTypes: ["aws_config_configuration_recorder"],
    failsWhen: all(
      not(isTrue("recording_group.include_global_resource_types")),
      isTrue("recording_group.all_supported"),
      not(present("recording_group.exclusion_by_resource_types")),
    ),
    why: "Changes of users, roles and policies cannot be followed.",
    fix: "Set include_global_resource_types = true in one region.",
    controls: ["CIS AWS 5.0 3.3"],
    examples: examplesOf("aws_config_configuration_recorder", recorder(false), recorder(true), "all"),
  },
  {
    id: "aws-alarm-without-action",
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
    id: "aws-session-not-logged",
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
    id: "aws-documents-may-be-public",
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
  {
    id: "aws-organization-billing-only",
    severity: "medium",
    category: "access",
    title: "The organization can only pay bills together",
    resourceTypes: ["aws_organizations_organization"],
    failsWhen: equals("feature_set", "CONSOLIDATED_BILLING"),
    why: "Without all features there are no service control policies: every account may do everything.",
    fix: 'Set feature_set = "ALL".',
    controls: [],
    examples: examplesOf(
      "aws_organizations_organization",
      'feature_set = "CONSOLIDATED_BILLING"',
      'feature_set = "ALL"\nenabled_policy_types = ["SERVICE_CONTROL_POLICY"]',
      "all",
    ),
  },
  {
    id: "aws-organization-without-limits",
    severity: "low",
    category: "access",
    title: "Service control policies are not switched on",
    resourceTypes: ["aws_organizations_organization"],
    failsWhen: all(
      not(anyMatches("enabled_policy_types", /^SERVICE_CONTROL_POLICY$/)),
      not(equals("feature_set", "CONSOLIDATED_BILLING")),
    ),
    why: "Administrators of each account may switch off the trail, leave regions and publish data.",
    fix: 'Add "SERVICE_CONTROL_POLICY" to enabled_policy_types, and aws_organizations_policy with the limits.',
    controls: [],
    examples: examplesOf(
      "aws_organizations_organization",
      'feature_set = "ALL"',
      'feature_set = "ALL"\nenabled_policy_types = ["SERVICE_CONTROL_POLICY"]',
      "all",
    ),
  },
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
];
