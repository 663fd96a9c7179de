import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";

const cluster = (traffic: string, more = "") => `resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
${traffic}
    }
  }
${more}
}`;

const broker = (open: boolean) => `resource "aws_mq_broker" "events" {
  broker_name                = "events"
  engine_type                = "RabbitMQ"
  auto_minor_version_upgrade = true
  publicly_accessible        = ${open}
}`;

export const awsMessagingRules: Rule[] = [
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
  {
    id: "aws-msk-plain-text",
    severity: "high",
    category: "encryption",
    title: "The Kafka cluster takes clients without TLS",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: oneOf("encryption_info.encryption_in_transit.client_broker", ["PLAINTEXT", "TLS_PLAINTEXT"]),
    why: "Whoever can listen on the network reads every event.",
    fix: 'Set client_broker = "TLS".',
    controls: [],
    examples: { bad: cluster('      client_broker = "TLS_PLAINTEXT"'), good: cluster('      client_broker = "TLS"') },
  },
  {
    id: "aws-msk-brokers-plain-text",
    severity: "high",
    category: "encryption",
    title: "The Kafka cluster's machines talk to each other without TLS",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: equals("encryption_info.encryption_in_transit.in_cluster", false),
    why: "Whoever can listen on the network reads every event.",
    fix: "Remove in_cluster = false.",
    controls: [],
    examples: { bad: cluster("      in_cluster = false"), good: cluster("      in_cluster = true") },
  },
  {
    id: "aws-msk-unauthenticated",
    severity: "high",
    category: "access",
    title: "The Kafka cluster takes clients that do not say who they are",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: isTrue("client_authentication.unauthenticated"),
    why: "Whoever reaches the network can read and write every event.",
    fix: "Use IAM, SCRAM or certificates, and remove unauthenticated = true.",
    controls: [],
    examples: {
      bad: cluster('      client_broker = "TLS"', "  client_authentication {\n    unauthenticated = true\n  }"),
      good: cluster(
        '      client_broker = "TLS"',
        "  client_authentication {\n    sasl {\n      iam = true\n    }\n  }",
      ),
    },
  },
  {
    id: "aws-msk-public",
    severity: "high",
    category: "exposure",
    title: "The Kafka cluster can be reached from the internet",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: some("broker_node_group_info", oneOf("connectivity_info.public_access.type", ["SERVICE_PROVIDED_EIPS"])),
    why: "Anybody can try credentials and known faults against it.",
    fix: 'Set public_access type = "DISABLED" and connect from inside the VPC.',
    controls: [],
    examples: {
      bad: cluster(
        '      client_broker = "TLS"',
        '  broker_node_group_info {\n    connectivity_info {\n      public_access {\n        type = "SERVICE_PROVIDED_EIPS"\n      }\n    }\n  }',
      ),
      good: cluster(
        '      client_broker = "TLS"',
        '  broker_node_group_info {\n    connectivity_info {\n      public_access {\n        type = "DISABLED"\n      }\n    }\n  }',
      ),
    },
  },
  {
    id: "aws-mq-public",
    severity: "critical",
    category: "exposure",
    title: "The message broker can be reached from the internet",
    resourceTypes: ["aws_mq_broker"],
    failsWhen: isTrue("publicly_accessible"),
    why: "Anybody can try passwords and known faults against it.",
    fix: "Set publicly_accessible = false and connect from inside the VPC.",
    controls: [],
    examples: { bad: broker(true), good: broker(false) },
  },
  {
    id: "aws-kinesis-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The stream is not encrypted",
    resourceTypes: ["aws_kinesis_stream"],
    failsWhen: not(equals("encryption_type", "KMS")),
    why: "Records lie in clear for as long as the stream keeps them.",
    fix: 'Set encryption_type = "KMS" and kms_key_id.',
    controls: [],
    examples: {
      bad: `resource "aws_kinesis_stream" "orders" {
  name = "orders"
}`,
      good: `resource "aws_kinesis_stream" "orders" {
  name            = "orders"
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}`,
    },
  },
];
