import type { Rule } from "../../../rule.ts";
import { namedStatement } from "../../../vocabulary/named-resources.ts";
import { allows, isRestricted } from "../../../vocabulary/policy-document.ts";
import { exampleOf } from "../example.ts";

/** Services which do what resources of any account tell them to. */
const deputies = ["s3.amazonaws.com", "sns.amazonaws.com", "ses.amazonaws.com", "cloudwatch.amazonaws.com"];

const document = (condition: string) => `policy = jsonencode({
  Statement = [{
    Effect    = "Allow"
    Principal = { Service = "s3.amazonaws.com" }
    Action    = "ACTION"
    Resource  = "*"
    Condition = ${condition}
  }]
})`;

function deputyRule(id: string, title: string, resourceTypes: readonly string[], action: string): Rule {
  const example = (condition: string) =>
    exampleOf(resourceTypes.at(-1) ?? "", document(condition).replace("ACTION", action));
  return {
    id,
    severity: "medium",
    category: "access",
    title,
    resourceTypes,
    failsWhen: namedStatement(
      "policy",
      (one) => allows(one) && one.principals.service.some((name) => deputies.includes(name)) && !isRestricted(one),
    ),
    why: "A bucket or topic of a stranger's account can make the service write here what the stranger likes.",
    fix: "Add a condition on aws:SourceArn or aws:SourceAccount.",
    controls: [],
    examples: { bad: example("{}"), good: example('{ StringEquals = { "aws:SourceAccount" = "111122223333" } }') },
  };
}

/** Services that act for others, and could be made to act for strangers. */
export const awsDeputyRules: Rule[] = [
  deputyRule(
    "aws-sqs-service-for-anybody",
    "A service may send to the queue for anybody",
    ["aws_sqs_queue", "aws_sqs_queue_policy"],
    "sqs:SendMessage",
  ),
  deputyRule(
    "aws-sns-service-for-anybody",
    "A service may publish to the topic for anybody",
    ["aws_sns_topic", "aws_sns_topic_policy"],
    "sns:Publish",
  ),
];
