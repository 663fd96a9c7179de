import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, not } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";

export const awsWatchingRules: Rule[] = [
  {
    id: "aws-log-group-kept-forever",
    severity: "low",
    category: "logging",
    title: "The log group has no retention",
    resourceTypes: ["aws_cloudwatch_log_group"],
    failsWhen: all(below("retention_in_days", 1, 0), not(equals("log_group_class", "DELIVERY"))),
    why: "Logs hold personal data that may not be kept for ever, and cost more every month.",
    fix: "Set retention_in_days.",
    controls: [],
    examples: {
      bad: `resource "aws_cloudwatch_log_group" "orders" {
  name = "/orders"
}`,
      good: `resource "aws_cloudwatch_log_group" "orders" {
  name              = "/orders"
  retention_in_days = 365
}`,
    },
  },
  {
    id: "aws-guardduty-off",
    severity: "high",
    category: "logging",
    title: "The threat detector is switched off",
    resourceTypes: ["aws_guardduty_detector"],
    failsWhen: equals("enable", false),
    why: "Known patterns of attack are not noticed.",
    fix: "Remove enable = false.",
    controls: [],
    examples: {
      bad: `resource "aws_guardduty_detector" "all" {
  enable = false
}`,
      good: `resource "aws_guardduty_detector" "all" {
  enable = true
}`,
    },
  },
  {
    id: "aws-config-recorder-partial",
    severity: "medium",
    category: "logging",
    title: "The configuration recorder leaves out resources",
    resourceTypes: ["aws_config_configuration_recorder"],
    failsWhen: all(
      equals("recording_group.all_supported", false),
      not(equals("recording_group.recording_strategy.use_only", "EXCLUSION_BY_RESOURCE_TYPES")),
    ),
    why: "Changes of what is left out cannot be followed.",
    fix: "Set all_supported = true.",
    controls: ["CIS AWS 5.0 3.3"],
    examples: {
      bad: `resource "aws_config_configuration_recorder" "all" {
  recording_group {
    all_supported  = false
    resource_types = ["AWS::EC2::Instance"]
  }
}`,
      good: `resource "aws_config_configuration_recorder" "all" {
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}`,
    },
  },
  {
    id: "aws-config-recorder-off",
    severity: "medium",
    category: "logging",
    title: "The configuration recorder is switched off",
    resourceTypes: ["aws_config_configuration_recorder_status"],
    failsWhen: not(isTrue("is_enabled")),
    why: "Changes of resources cannot be followed.",
    fix: "Set is_enabled = true.",
    controls: ["CIS AWS 5.0 3.3"],
    examples: {
      bad: `resource "aws_config_configuration_recorder_status" "all" {
  name       = "all"
  is_enabled = false
}`,
      good: `resource "aws_config_configuration_recorder_status" "all" {
  name       = "all"
  is_enabled = true
}`,
    },
  },
  {
    id: "aws-config-aggregator-one-region",
    severity: "low",
    category: "logging",
    title: "The aggregator does not look at all regions",
    resourceTypes: ["aws_config_configuration_aggregator"],
    failsWhen: all(
      not(isTrue("account_aggregation_source.all_regions")),
      not(isTrue("organization_aggregation_source.all_regions")),
    ),
    why: "What is made in the other regions is not seen in one place.",
    fix: "Set all_regions = true.",
    controls: [],
    examples: {
      bad: `resource "aws_config_configuration_aggregator" "all" {
  name = "all"
  account_aggregation_source {
    account_ids = ["111122223333"]
    regions     = ["eu-west-1"]
  }
}`,
      good: `resource "aws_config_configuration_aggregator" "all" {
  name = "all"
  account_aggregation_source {
    account_ids = ["111122223333"]
    all_regions = true
  }
}`,
    },
  },
  {
    id: "aws-macie-paused",
    severity: "low",
    category: "logging",
    title: "The search for sensitive data is paused",
    resourceTypes: ["aws_macie2_account"],
    failsWhen: equals("status", "PAUSED"),
    why: "Personal data in buckets that should not be there is not noticed.",
    fix: 'Set status = "ENABLED".',
    controls: [],
    examples: {
      bad: `resource "aws_macie2_account" "all" {
  status = "PAUSED"
}`,
      good: `resource "aws_macie2_account" "all" {
  status = "ENABLED"
}`,
    },
  },
];
