import type { Rule } from "../../../rule.ts";
import { any, equals } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsInspectorAndMacieRules: Rule[] = [
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
