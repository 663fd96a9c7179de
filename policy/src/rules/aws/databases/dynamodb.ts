import type { Rule } from "../../../rule.ts";
import { equals, isTrue, not } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const table = (more: string) => `resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
${more}
}`;

const recovery = "  point_in_time_recovery {\n    enabled = true\n  }";

export const awsDynamodbRules: Rule[] = [
  {
    id: "aws-dax-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The table's cache takes connections without TLS",
    resourceTypes: ["aws_dax_cluster"],
    failsWhen: not(equals("cluster_endpoint_encryption_type", "TLS")),
    why: "Whoever can listen on the network reads and changes records.",
    fix: 'Set cluster_endpoint_encryption_type = "TLS"; it needs a new cluster.',
    controls: [],
    examples: examplesOf(
      "aws_dax_cluster",
      'cluster_name = "orders"\nserver_side_encryption {\n  enabled = true\n}',
      'cluster_name = "orders"\ncluster_endpoint_encryption_type = "TLS"\nserver_side_encryption {\n  enabled = true\n}',
    ),
  },
  {
    id: "aws-dax-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The table's cache is not encrypted",
    resourceTypes: ["aws_dax_cluster"],
    failsWhen: not(isTrue("server_side_encryption.enabled")),
    why: "Copies of the table lie in clear; it cannot be switched on later.",
    fix: "Add server_side_encryption { enabled = true }.",
    controls: [],
    examples: {
      bad: `resource "aws_dax_cluster" "orders" {
  cluster_name = "orders"
}`,
      good: `resource "aws_dax_cluster" "orders" {
  cluster_name = "orders"
  server_side_encryption {
    enabled = true
  }
}`,
    },
  },
  {
    id: "aws-dynamodb-no-recovery",
    severity: "medium",
    category: "recovery",
    title: "The table cannot be set back to an earlier moment",
    resourceTypes: ["aws_dynamodb_table"],
    failsWhen: not(isTrue("point_in_time_recovery.enabled")),
    why: "What a fault or an attacker overwrites is gone.",
    fix: "Add point_in_time_recovery { enabled = true }.",
    controls: [],
    examples: { bad: table(""), good: table(recovery) },
  },
  {
    id: "aws-dynamodb-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The table can be deleted by one call",
    resourceTypes: ["aws_dynamodb_table"],
    failsWhen: not(isTrue("deletion_protection_enabled")),
    why: "A wrong plan, or one stolen key, is enough to delete the table.",
    fix: "Set deletion_protection_enabled = true.",
    controls: [],
    examples: { bad: table(recovery), good: table(`${recovery}\n  deletion_protection_enabled = true`) },
  },
];
