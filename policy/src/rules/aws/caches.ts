import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, present } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";

const group = (atRest: boolean, transit: boolean) => `resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = ${atRest}
  transit_encryption_enabled = ${transit}
  snapshot_retention_limit   = 7
}`;

const table = (more: string) => `resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
${more}
}`;

const recovery = "  point_in_time_recovery {\n    enabled = true\n  }";

/** Valkey is encrypted unless the code says no; a group that joins a global one takes it over. */
const takenOver = any(
  all(equals("engine", "valkey"), not(present("at_rest_encryption_enabled"))),
  present("global_replication_group_id"),
);

export const awsCacheRules: Rule[] = [
  {
    id: "aws-elasticache-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The cache's data is not encrypted",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(not(isTrue("at_rest_encryption_enabled")), not(takenOver)),
    why: "Sessions and copies of personal data lie in clear on disks and in backups; it cannot be switched on later.",
    fix: "Set at_rest_encryption_enabled = true.",
    controls: [],
    examples: { bad: group(false, true), good: group(true, true) },
  },
  {
    id: "aws-elasticache-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The cache takes connections without TLS",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: all(not(isTrue("transit_encryption_enabled")), not(present("global_replication_group_id"))),
    why: "Whoever can listen on the network reads sessions and passwords.",
    fix: "Set transit_encryption_enabled = true.",
    controls: [],
    examples: { bad: group(true, false), good: group(true, true) },
  },
  {
    id: "aws-memorydb-plain-text",
    severity: "high",
    category: "encryption",
    title: "The in-memory database takes connections without TLS",
    resourceTypes: ["aws_memorydb_cluster"],
    failsWhen: equals("tls_enabled", false),
    why: "Whoever can listen on the network reads data and passwords.",
    fix: "Remove tls_enabled = false.",
    controls: [],
    examples: {
      bad: `resource "aws_memorydb_cluster" "sessions" {
  acl_name    = "sessions"
  node_type   = "db.t4g.small"
  tls_enabled = false
}`,
      good: `resource "aws_memorydb_cluster" "sessions" {
  acl_name  = "sessions"
  node_type = "db.t4g.small"
}`,
    },
  },
  {
    id: "aws-memorydb-open-access",
    severity: "medium",
    category: "access",
    title: "The in-memory database asks nobody for a password",
    resourceTypes: ["aws_memorydb_cluster"],
    failsWhen: equals("acl_name", "open-access"),
    why: "Whoever reaches the network can read and change everything.",
    fix: "Use an aws_memorydb_acl with users of its own.",
    controls: [],
    examples: {
      bad: `resource "aws_memorydb_cluster" "sessions" {
  acl_name  = "open-access"
  node_type = "db.t4g.small"
}`,
      good: `resource "aws_memorydb_cluster" "sessions" {
  acl_name  = "sessions"
  node_type = "db.t4g.small"
}`,
    },
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
  {
    id: "aws-elasticache-no-backup",
    severity: "low",
    category: "recovery",
    title: "The cache is not backed up",
    resourceTypes: ["aws_elasticache_replication_group"],
    failsWhen: below("snapshot_retention_limit", 1, 0),
    why: "What is kept only there is gone with the machines.",
    fix: "Set snapshot_retention_limit, unless everything in it can be made anew.",
    controls: [],
    examples: {
      bad: group(true, true).replace("= 7", "= 0"),
      good: group(true, true),
    },
  },
];
