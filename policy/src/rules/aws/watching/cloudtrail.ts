import type { Rule } from "../../../rule.ts";
import { equals, isTrue, not, present } from "../../../vocabulary/condition.ts";

const trail = (changed: string, value: string): string => {
  const attributes: Record<string, string> = {
    name: '"all"',
    s3_bucket_name: '"trail"',
    is_multi_region_trail: "true",
    enable_log_file_validation: "true",
    kms_key_id: '"arn:aws:kms:eu-west-1:111122223333:key/abc"',
    cloud_watch_logs_group_arn: '"arn:aws:logs:eu-west-1:111122223333:log-group:trail:*"',
    [changed]: value,
  };
  const lines = Object.entries(attributes).map(([name, text]) => `  ${name} = ${text}`);
  return `resource "aws_cloudtrail" "all" {\n${lines.join("\n")}\n}`;
};

const good = trail("name", '"all"');

export const awsCloudtrailRules: Rule[] = [
  {
    id: "aws-cloudtrail-validation-off",
    severity: "medium",
    category: "logging",
    title: "Changes of the trail's files cannot be noticed",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: not(isTrue("enable_log_file_validation")),
    why: "An attacker can remove traces from the files and nobody can tell.",
    fix: "Set enable_log_file_validation = true.",
    controls: ["CIS AWS 5.0 3.2"],
    examples: { bad: trail("enable_log_file_validation", "false"), good },
  },
  {
    id: "aws-cloudtrail-one-region",
    severity: "medium",
    category: "logging",
    title: "The trail sees one region only",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: not(isTrue("is_multi_region_trail")),
    why: "Attackers work in the regions that nobody looks at.",
    fix: "Set is_multi_region_trail = true.",
    controls: ["CIS AWS 5.0 3.1"],
    examples: { bad: trail("is_multi_region_trail", "false"), good },
  },
  {
    id: "aws-cloudtrail-no-own-key",
    severity: "medium",
    category: "encryption",
    title: "The trail's files are not encrypted with a key of your own",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: not(present("kms_key_id")),
    why: "With a key of its own, reading the trail needs a second permission, and every use of it is recorded.",
    fix: "Set kms_key_id to a key whose policy lets CloudTrail encrypt.",
    controls: ["CIS AWS 5.0 3.5"],
    examples: { bad: trail("kms_key_id", "null"), good },
  },
  {
    id: "aws-cloudtrail-off",
    severity: "high",
    category: "logging",
    title: "The trail is switched off",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: equals("enable_logging", false),
    why: "Nobody can tell what was done in the account while it is off.",
    fix: "Remove enable_logging = false.",
    controls: ["CIS AWS 5.0 3.1"],
    examples: { bad: trail("enable_logging", "false"), good },
  },
  {
    id: "aws-cloudtrail-not-watched",
    severity: "low",
    category: "logging",
    title: "Nothing can watch the trail as it is written",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: not(present("cloud_watch_logs_group_arn")),
    why: "Alarms need the events in a log group; the files alone are read after the incident.",
    fix: "Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn.",
    controls: [],
    examples: { bad: trail("cloud_watch_logs_group_arn", "null"), good },
  },
  {
    id: "aws-cloudtrail-global-services-off",
    severity: "medium",
    category: "logging",
    title: "The trail leaves out IAM and other global services",
    resourceTypes: ["aws_cloudtrail"],
    failsWhen: equals("include_global_service_events", false),
    why: "Who made a user or a role, or took one, is not recorded.",
    fix: "Remove include_global_service_events = false.",
    controls: ["CIS AWS 5.0 3.1"],
    examples: { bad: trail("include_global_service_events", "false"), good },
  },
];
