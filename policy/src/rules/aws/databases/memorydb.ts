import type { Rule } from "../../../rule.ts";
import { equals } from "../../../vocabulary/condition.ts";

export const awsMemorydbRules: Rule[] = [
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
];
