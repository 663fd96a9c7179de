import type { Rule } from "../../rule.ts";
import { all, isTrue, matches, not, present, some } from "../../vocabulary/condition.ts";

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

export const awsDocumentDatabaseRules: Rule[] = [
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
