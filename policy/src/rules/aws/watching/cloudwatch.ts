import type { Rule } from "../../../rule.ts";
import { all, any, equals, lacks, not, present } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";
import { examplesOf } from "../example.ts";

const alarm = (more: string) => `alarm_name = "root-login"
comparison_operator = "GreaterThanOrEqualToThreshold"
evaluation_periods = 1
metric_name = "root-login"
namespace = "security"
period = 300
statistic = "Sum"
threshold = 1
${more}`;

export const awsCloudwatchRules: Rule[] = [
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
    id: "aws-log-group-kept-forever",
    severity: "low",
    category: "logging",
    title: "The log group has no retention",
    resourceTypes: ["aws_cloudwatch_log_group"],
    failsWhen: all(below("retention_in_days", 1, 0), not(equals("log_group_class", "DELIVERY"))),
    why: "Logs hold personal data that may not be kept for ever, and cost more every month.",
    fix: "Set retention_in_days.",
    controls: [],
    repair: "none",
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
];
