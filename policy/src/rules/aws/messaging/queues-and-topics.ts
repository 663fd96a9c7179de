import type { Rule } from "../../../rule.ts";
import { all, equals, not, present } from "../../../vocabulary/condition.ts";

export const awsQueuesAndTopicsRules: Rule[] = [
  {
    id: "aws-sqs-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The queue's messages are not encrypted",
    resourceTypes: ["aws_sqs_queue"],
    // Left out, the service encrypts with a key of its own.
    failsWhen: all(equals("sqs_managed_sse_enabled", false), not(present("kms_master_key_id"))),
    why: "Messages lie in clear where they wait.",
    fix: "Remove sqs_managed_sse_enabled = false, or set kms_master_key_id.",
    controls: [],
    examples: {
      bad: `resource "aws_sqs_queue" "orders" {
  sqs_managed_sse_enabled = false
}`,
      good: `resource "aws_sqs_queue" "orders" {
  name = "orders"
}`,
    },
  },
  {
    id: "aws-sns-not-encrypted",
    severity: "low",
    category: "encryption",
    title: "The topic's messages are not encrypted with a key",
    resourceTypes: ["aws_sns_topic"],
    failsWhen: not(present("kms_master_key_id")),
    why: "Messages lie without encryption of your own while they wait for a subscriber.",
    fix: 'Set kms_master_key_id, at least to "alias/aws/sns".',
    controls: [],
    examples: {
      bad: `resource "aws_sns_topic" "orders" {
  name = "orders"
}`,
      good: `resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/orders"
}`,
    },
  },
  {
    id: "aws-sns-subscription-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The topic's messages are sent over plain HTTP",
    resourceTypes: ["aws_sns_topic_subscription"],
    failsWhen: equals("protocol", "http"),
    why: "Messages can be read and changed on the way.",
    fix: 'Use protocol = "https".',
    controls: [],
    examples: {
      bad: `resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "http"
  endpoint  = "http://shop.example.org/orders"
}`,
      good: `resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "https"
  endpoint  = "https://shop.example.org/orders"
}`,
    },
  },
];
