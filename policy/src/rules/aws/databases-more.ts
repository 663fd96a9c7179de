import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, not, oneOf, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { examplesOf } from "./example.ts";

const neptuneParameter = (value: string) => `name = "orders"
family = "neptune1.3"
parameter {
  name  = "neptune_enforce_ssl"
  value = "${value}"
}`;

const neptune = (more: string) => `storage_encrypted = true\n${more}`;

const influx = (open: boolean) => `name = "metrics"
allocated_storage = 20
bucket = "metrics"
db_instance_type = "db.influx.medium"
organization = "shop"
username = "admin"
password = "from-elsewhere"
vpc_security_group_ids = ["sg-0abc"]
vpc_subnet_ids = ["subnet-0abc"]
publicly_accessible = ${open}`;

const endpoint = (mode: string) => `endpoint_id = "orders"
endpoint_type = "source"
engine_name = "postgres"
ssl_mode = "${mode}"`;

export const awsDatabaseMoreRules: Rule[] = [
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
    id: "aws-timestream-public",
    severity: "critical",
    category: "exposure",
    title: "The time series database can be reached from the internet",
    resourceTypes: ["aws_timestreaminfluxdb_db_instance"],
    failsWhen: isTrue("publicly_accessible"),
    why: "One wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: [],
    examples: examplesOf("aws_timestreaminfluxdb_db_instance", influx(true), influx(false)),
  },
  {
    id: "aws-keyspaces-no-recovery",
    severity: "medium",
    category: "recovery",
    title: "The table cannot be brought back to a point in time",
    resourceTypes: ["aws_keyspaces_table"],
    failsWhen: not(equals("point_in_time_recovery.status", "ENABLED")),
    why: "What is overwritten or deleted, by mistake or by an attacker, is gone.",
    fix: 'Set point_in_time_recovery { status = "ENABLED" }.',
    controls: [],
    examples: examplesOf(
      "aws_keyspaces_table",
      'keyspace_name = "shop"\ntable_name = "orders"',
      'keyspace_name = "shop"\ntable_name = "orders"\npoint_in_time_recovery {\n  status = "ENABLED"\n}',
    ),
  },
  {
    id: "aws-qldb-permissions-off",
    severity: "medium",
    category: "access",
    title: "Whoever reaches the ledger may do everything in it",
    resourceTypes: ["aws_qldb_ledger"],
    failsWhen: equals("permissions_mode", "ALLOW_ALL"),
    why: "Rights on single tables and commands do not count.",
    fix: 'Set permissions_mode = "STANDARD".',
    controls: [],
    examples: examplesOf(
      "aws_qldb_ledger",
      'name = "orders"\npermissions_mode = "ALLOW_ALL"',
      'name = "orders"\npermissions_mode = "STANDARD"',
    ),
  },
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
];
