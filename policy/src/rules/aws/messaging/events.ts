import type { Rule } from "../../../rule.ts";
import { all, equals, matches, not } from "../../../vocabulary/condition.ts";

export const awsEventsRules: Rule[] = [
  {
    id: "aws-event-permission-public",
    severity: "high",
    category: "exposure",
    title: "Everybody may send events to the bus",
    resourceTypes: ["aws_cloudwatch_event_permission"],
    failsWhen: all(equals("principal", "*"), not(matches("condition.key", /^aws:PrincipalOrgID$/))),
    why: "Any AWS account can send events that set off what listens on the bus.",
    fix: "Name the account, or restrict it to your organization by a condition.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: {
      bad: `resource "aws_cloudwatch_event_permission" "all" {
  principal    = "*"
  statement_id = "all"
}`,
      good: `resource "aws_cloudwatch_event_permission" "all" {
  principal    = "*"
  statement_id = "all"
  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-abc"
  }
}`,
    },
  },
];
