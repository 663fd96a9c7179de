import type { Rule } from "../../../rule.ts";
import { any, equals, isTrue, not, oneOf, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const cluster = (traffic: string, more = "") => `resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
${traffic}
    }
  }
${more}
}`;

const kafka = (more: string) => `cluster_name = "events"
kafka_version = "3.8.x"
number_of_broker_nodes = 3
${more}`;

const connector = (encryption: string, client: string) => `name = "orders"
kafkaconnect_version = "3.7.x"
kafka_cluster_client_authentication {
  authentication_type = "${client}"
}
kafka_cluster_encryption_in_transit {
  encryption_type = "${encryption}"
}`;

export const awsKafkaRules: Rule[] = [
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
    id: "aws-msk-not-logged",
    severity: "low",
    category: "logging",
    title: "The Kafka cluster's machines log nowhere",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: not(
      any(...["cloudwatch_logs", "firehose", "s3"].map((place) => isTrue(`logging_info.broker_logs.${place}.enabled`))),
    ),
    why: "After an incident nobody can tell who connected and what failed.",
    fix: "Add logging_info with a log group, bucket or delivery stream.",
    controls: [],
    examples: examplesOf(
      "aws_msk_cluster",
      kafka(""),
      kafka(
        'logging_info {\n  broker_logs {\n    cloudwatch_logs {\n      enabled   = true\n      log_group = "/kafka"\n    }\n  }\n}',
      ),
      "events",
    ),
  },
  {
    id: "aws-msk-connector-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The connector talks to its Kafka cluster without TLS",
    resourceTypes: ["aws_mskconnect_connector"],
    failsWhen: not(equals("kafka_cluster_encryption_in_transit.encryption_type", "TLS")),
    why: "Whoever can listen on the network reads every event.",
    fix: 'Set encryption_type = "TLS".',
    controls: [],
    examples: examplesOf("aws_mskconnect_connector", connector("PLAINTEXT", "IAM"), connector("TLS", "IAM")),
  },
];
