import type { Rule } from "../../../rule.ts";
import { all, isTrue, not, oneOf } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const endpoint = (mode: string) => `endpoint_id = "orders"
endpoint_type = "source"
engine_name = "postgres"
ssl_mode = "${mode}"`;

export const awsDmsRules: Rule[] = [
  {
    id: "aws-dms-endpoint-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The migration reads or writes a database without TLS",
    resourceTypes: ["aws_dms_endpoint"],
    failsWhen: all(
      not(oneOf("ssl_mode", ["require", "verify-ca", "verify-full"])),
      oneOf("engine_name", [
        "aurora",
        "aurora-postgresql",
        "azuredb",
        "docdb",
        "mariadb",
        "mongodb",
        "mysql",
        "oracle",
        "postgres",
        "sqlserver",
      ]),
    ),
    why: "Whole databases go over the network in clear, passwords first.",
    fix: 'Set ssl_mode = "verify-full" with a certificate, or at least "require".',
    controls: [],
    examples: examplesOf("aws_dms_endpoint", endpoint("none"), endpoint("require")),
  },
  {
    id: "aws-dms-public",
    severity: "critical",
    category: "exposure",
    title: "The migration machine can be reached from the internet",
    resourceTypes: ["aws_dms_replication_instance"],
    failsWhen: isTrue("publicly_accessible"),
    why: "It holds the passwords of the databases it copies; one wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false.",
    controls: [],
    examples: {
      bad: `resource "aws_dms_replication_instance" "move" {
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.small"
  publicly_accessible        = true
}`,
      good: `resource "aws_dms_replication_instance" "move" {
  replication_instance_id    = "move"
  replication_instance_class = "dms.t3.small"
  publicly_accessible        = false
}`,
    },
  },
];
