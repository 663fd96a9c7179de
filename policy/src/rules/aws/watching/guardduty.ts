import type { Rule } from "../../../rule.ts";
import { any, equals } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsGuarddutyRules: Rule[] = [
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
];
