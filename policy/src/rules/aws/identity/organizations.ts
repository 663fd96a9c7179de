import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

export const awsOrganizationsRules: Rule[] = [
  {
    id: "aws-ram-outside-organization",
    severity: "low",
    category: "exposure",
    title: "The resource share may take in accounts outside the organization",
    resourceTypes: ["aws_ram_resource_share"],
    failsWhen: isTrue("allow_external_principals"),
    why: "One wrong account number gives networks and other resources to strangers.",
    fix: "Set allow_external_principals = false.",
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_ram_resource_share",
      'name = "network"\nallow_external_principals = true',
      'name = "network"\nallow_external_principals = false',
    ),
  },
  {
    id: "aws-organizations-billing-only",
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
    id: "aws-organizations-without-limits",
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
];
