import type { Rule } from "../../../rule.ts";
import { all, isTrue, not, oneOf, present } from "../../../vocabulary/condition.ts";

export const awsRdsRules: Rule[] = [
  {
    id: "aws-rds-global-cluster-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The global database cluster's storage is not encrypted",
    resourceTypes: ["aws_rds_global_cluster"],
    failsWhen: all(not(isTrue("storage_encrypted")), not(present("source_db_cluster_identifier"))),
    why: "Snapshots and disks in every region hold everything in clear.",
    fix: "Set storage_encrypted = true.",
    controls: ["CIS AWS 5.0 2.2.1"],
    examples: {
      bad: `resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}`,
      good: `resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
  storage_encrypted         = true
}`,
    },
  },
  {
    id: "aws-rds-public",
    severity: "critical",
    category: "exposure",
    title: "The database can be reached from the internet",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster_instance"],
    failsWhen: isTrue("publicly_accessible"),
    why: "A publicly accessible instance gets an address on the internet; one wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: ["CIS AWS 5.0 2.2.3"],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine              = "postgres"
  publicly_accessible = true
  storage_encrypted   = true
}`,
      good: `resource "aws_db_instance" "orders" {
  engine              = "postgres"
  publicly_accessible = false
  storage_encrypted   = true
}`,
    },
  },
  {
    id: "aws-rds-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The database's storage is not encrypted",
    resourceTypes: ["aws_db_instance"],
    // A replica takes encryption over from its source, which is judged itself.
    failsWhen: all(not(isTrue("storage_encrypted")), not(present("replicate_source_db"))),
    why: "Snapshots and disks hold everything in clear; encryption cannot be switched on later without a new instance.",
    fix: "Set storage_encrypted = true, and kms_key_id where the key should be your own.",
    controls: ["CIS AWS 5.0 2.2.1"],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = "false"
}`,
      good: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = true
}`,
    },
  },
  {
    id: "aws-rds-cluster-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The database cluster's storage is not encrypted",
    resourceTypes: ["aws_rds_cluster"],
    // Serverless v1 clusters are always encrypted; replicas and global secondaries follow their source.
    failsWhen: all(
      not(isTrue("storage_encrypted")),
      not(oneOf("engine_mode", ["serverless"])),
      not(present("replication_source_identifier")),
      not(present("global_cluster_identifier")),
    ),
    why: "Snapshots and disks hold everything in clear; encryption cannot be switched on later without a new cluster.",
    fix: "Set storage_encrypted = true, and kms_key_id where the key should be your own.",
    controls: ["CIS AWS 5.0 2.2.1"],
    examples: {
      bad: `resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}`,
      good: `resource "aws_rds_cluster" "orders" {
  engine            = "aurora-postgresql"
  storage_encrypted = true
}`,
    },
  },
];
