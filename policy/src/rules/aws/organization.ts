import type { Rule } from "../../rule.ts";
import { all, equals, matches, not, present } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";
import { examplesOf } from "./example.ts";

const session = (logGroup: string) => `name = "SSM-SessionManagerRunShell"
document_type = "Session"
content = jsonencode({
  schemaVersion = "1.0"
  sessionType   = "Standard_Stream"
  inputs        = { cloudWatchLogGroupName = "${logGroup}", s3BucketName = "" }
})`;

export const awsOrganizationRules: Rule[] = [
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
