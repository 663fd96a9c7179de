import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, matches, not, present, some } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const neptuneParameter = (value: string) => `name = "orders"
family = "neptune1.3"
parameter {
  name  = "neptune_enforce_ssl"
  value = "${value}"
}`;

const neptune = (more: string) => `storage_encrypted = true\n${more}`;

const cluster = (type: string, encrypted: boolean) => `resource "${type}" "orders" {
  cluster_identifier  = "orders"
  storage_encrypted   = ${encrypted}
  deletion_protection = true
}`;

const why =
  "Snapshots and disks hold everything in clear; encryption cannot be switched on later without a new cluster.";

const fix = "Set storage_encrypted = true, and kms_key_id where the key should be your own.";

const parameters = (value: string) => `resource "aws_docdb_cluster_parameter_group" "orders" {
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "${value}"
  }
}`;

export const awsDocdbAndNeptuneRules: Rule[] = [
  {
    id: "aws-neptune-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The graph database takes connections without TLS",
    resourceTypes: ["aws_neptune_cluster_parameter_group"],
    failsWhen: some("parameter", all(equals("value", "0"), equals("name", "neptune_enforce_ssl")), ["name"]),
    why: "Whoever can listen on the network reads data and credentials.",
    fix: "Remove the parameter neptune_enforce_ssl, or set it to 1.",
    controls: [],
    examples: examplesOf("aws_neptune_cluster_parameter_group", neptuneParameter("0"), neptuneParameter("1")),
  },
  {
    id: "aws-neptune-iam-off",
    severity: "medium",
    category: "access",
    title: "The graph database does not ask who connects",
    resourceTypes: ["aws_neptune_cluster"],
    failsWhen: not(isTrue("iam_database_authentication_enabled")),
    why: "It knows no passwords: without IAM whoever reaches the network reads and changes everything.",
    fix: "Set iam_database_authentication_enabled = true.",
    controls: [],
    examples: examplesOf("aws_neptune_cluster", neptune(""), neptune("iam_database_authentication_enabled = true")),
  },
  {
    id: "aws-neptune-audit-log-off",
    severity: "low",
    category: "logging",
    title: "Queries of the graph database are not logged",
    resourceTypes: ["aws_neptune_cluster"],
    failsWhen: not(anyMatches("enable_cloudwatch_logs_exports", /^audit$/)),
    why: "After an incident nobody can tell who asked for what.",
    fix: 'Set enable_cloudwatch_logs_exports = ["audit"] and the parameter neptune_enable_audit_log.',
    controls: [],
    examples: examplesOf("aws_neptune_cluster", neptune(""), neptune('enable_cloudwatch_logs_exports = ["audit"]')),
  },
  {
    id: "aws-docdb-audit-log-off",
    severity: "low",
    category: "logging",
    title: "What is done in the document database is not logged",
    resourceTypes: ["aws_docdb_cluster"],
    failsWhen: not(anyMatches("enabled_cloudwatch_logs_exports", /^audit$/)),
    why: "After an incident nobody can tell who did what.",
    fix: 'Set enabled_cloudwatch_logs_exports = ["audit"] and the parameter audit_logs.',
    controls: [],
    examples: examplesOf(
      "aws_docdb_cluster",
      'storage_encrypted = true\nmaster_username = "shop"',
      'storage_encrypted = true\nmaster_username = "shop"\nenabled_cloudwatch_logs_exports = ["audit"]',
    ),
  },
  {
    id: "aws-neptune-graph-public",
    severity: "critical",
    category: "exposure",
    title: "The graph can be reached from the internet",
    resourceTypes: ["aws_neptunegraph_graph"],
    failsWhen: isTrue("public_connectivity"),
    why: "One stolen key is enough to read everything in it, from anywhere.",
    fix: "Set public_connectivity = false and use a private endpoint.",
    controls: [],
    examples: examplesOf(
      "aws_neptunegraph_graph",
      'graph_name = "orders"\nprovisioned_memory = 16\npublic_connectivity = true',
      'graph_name = "orders"\nprovisioned_memory = 16\npublic_connectivity = false',
    ),
  },
  {
    id: "aws-docdb-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The document database's storage is not encrypted",
    resourceTypes: ["aws_docdb_cluster"],
    failsWhen: all(
      not(isTrue("storage_encrypted")),
      not(present("snapshot_identifier")),
      not(present("global_cluster_identifier")),
    ),
    why,
    fix,
    controls: [],
    examples: { bad: cluster("aws_docdb_cluster", false), good: cluster("aws_docdb_cluster", true) },
  },
  {
    id: "aws-docdb-tls-off",
    severity: "high",
    category: "encryption",
    title: "The document database takes connections without TLS",
    resourceTypes: ["aws_docdb_cluster_parameter_group"],
    failsWhen: some("parameter", all(matches("value", /^disabled$/i), matches("name", /^tls$/)), ["name"]),
    why: "Whoever can listen on the way reads passwords and data.",
    fix: 'Set the parameter tls to "enabled" or a version.',
    controls: [],
    examples: { bad: parameters("disabled"), good: parameters("tls1.2+") },
  },
  {
    id: "aws-docdb-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The document or graph database can be deleted by one call",
    resourceTypes: ["aws_docdb_cluster", "aws_neptune_cluster"],
    failsWhen: not(isTrue("deletion_protection")),
    why: "A wrong plan, or one stolen key, is enough to delete the database.",
    fix: "Set deletion_protection = true.",
    controls: [],
    examples: {
      bad: cluster("aws_docdb_cluster", true).replace("protection = true", "protection = false"),
      good: cluster("aws_docdb_cluster", true),
    },
  },
  {
    id: "aws-neptune-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The graph database's storage is not encrypted",
    resourceTypes: ["aws_neptune_cluster"],
    failsWhen: all(
      not(isTrue("storage_encrypted")),
      not(present("snapshot_identifier")),
      not(present("global_cluster_identifier")),
      not(present("replication_source_identifier")),
    ),
    why,
    fix,
    controls: [],
    examples: { bad: cluster("aws_neptune_cluster", false), good: cluster("aws_neptune_cluster", true) },
  },
  {
    id: "aws-neptune-public",
    severity: "critical",
    category: "exposure",
    title: "The graph database can be reached from the internet",
    resourceTypes: ["aws_neptune_cluster_instance"],
    failsWhen: isTrue("publicly_accessible"),
    why: "It gets an address on the internet; one wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: [],
    examples: {
      bad: `resource "aws_neptune_cluster_instance" "orders" {
  cluster_identifier  = "orders"
  instance_class      = "db.r6g.large"
  publicly_accessible = true
}`,
      good: `resource "aws_neptune_cluster_instance" "orders" {
  cluster_identifier = "orders"
  instance_class     = "db.r6g.large"
}`,
    },
  },
];
