import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const recorder = (global: boolean) => `recording_group {
  all_supported                 = true
  include_global_resource_types = ${global}
}`;

export const awsConfigRules: Rule[] = [
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
];
