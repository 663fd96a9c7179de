import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, lacks, matches, not, present, some } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";
import { examplesOf } from "../example.ts";

const settledWarehouse = (more: string) => `cluster_identifier = "reports"
node_type = "ra3.large"
encrypted = true
publicly_accessible = false
${more}`;

const warehouse = (encrypted: boolean, open: boolean) => `resource "aws_redshift_cluster" "reports" {
  cluster_identifier  = "reports"
  node_type           = "ra3.large"
  encrypted           = ${encrypted}
  publicly_accessible = ${open}
}`;

export const awsRedshiftRules: Rule[] = [
  {
    id: "aws-redshift-backup-off",
    severity: "medium",
    category: "recovery",
    title: "The warehouse is not backed up",
    resourceTypes: ["aws_redshift_cluster"],
    failsWhen: below("automated_snapshot_retention_period", 1, 1),
    why: "Without automatic snapshots there is no way back after a fault or an attack.",
    fix: "Leave automated_snapshot_retention_period out (1 day) or set it to the days you need.",
    controls: [],
    examples: examplesOf(
      "aws_redshift_cluster",
      settledWarehouse("automated_snapshot_retention_period = 0"),
      settledWarehouse("automated_snapshot_retention_period = 7"),
      "reports",
    ),
  },
  {
    id: "aws-redshift-upgrade-off",
    severity: "low",
    category: "maintenance",
    title: "New versions of the warehouse are not taken automatically",
    resourceTypes: ["aws_redshift_cluster"],
    failsWhen: equals("allow_version_upgrade", false),
    why: "Known faults stay open until somebody thinks of it.",
    fix: "Remove allow_version_upgrade = false.",
    controls: [],
    examples: examplesOf(
      "aws_redshift_cluster",
      settledWarehouse("allow_version_upgrade = false"),
      settledWarehouse(""),
      "reports",
    ),
  },
  {
    id: "aws-redshift-traffic-outside",
    severity: "low",
    category: "exposure",
    title: "The warehouse loads and unloads past the network",
    resourceTypes: ["aws_redshift_cluster", "aws_redshiftserverless_workgroup"],
    failsWhen: not(isTrue("enhanced_vpc_routing")),
    why: "Neither flow logs nor endpoint policies see which buckets the data goes to.",
    fix: "Set enhanced_vpc_routing = true and add an endpoint for S3.",
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_redshift_cluster",
      settledWarehouse(""),
      settledWarehouse("enhanced_vpc_routing = true"),
      "reports",
    ),
  },
  {
    id: "aws-redshift-serverless-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The serverless warehouse takes connections without TLS",
    resourceTypes: ["aws_redshiftserverless_workgroup"],
    failsWhen: some(
      "config_parameter",
      all(matches("parameter_value", /^(?:false|0|off)$/i), equals("parameter_key", "require_ssl")),
      ["parameter_key"],
    ),
    why: "Queries, results and passwords can be read on the way.",
    fix: "Set require_ssl to true.",
    controls: [],
    examples: examplesOf(
      "aws_redshiftserverless_workgroup",
      'namespace_name = "reports"\nworkgroup_name = "reports"\nconfig_parameter {\n  parameter_key   = "require_ssl"\n  parameter_value = "false"\n}',
      'namespace_name = "reports"\nworkgroup_name = "reports"\nconfig_parameter {\n  parameter_key   = "require_ssl"\n  parameter_value = "true"\n}',
      "reports",
    ),
  },
  {
    id: "aws-redshift-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The warehouse is not encrypted",
    resourceTypes: ["aws_redshift_cluster"],
    failsWhen: all(
      not(isTrue("encrypted")),
      not(present("snapshot_identifier")),
      not(present("snapshot_arn")),
      not(present("kms_key_id")),
    ),
    why: "Disks and snapshots hold everything in clear.",
    fix: "Set encrypted = true, and kms_key_id where the key should be your own.",
    controls: [],
    examples: { bad: warehouse(false, false), good: warehouse(true, false) },
  },
  {
    id: "aws-redshift-public",
    severity: "critical",
    category: "exposure",
    title: "The warehouse can be reached from the internet",
    resourceTypes: ["aws_redshift_cluster"],
    // The provider's default is true before version 6; a plan shows which one counts.
    failsWhen: not(equals("publicly_accessible", false)),
    why: "It gets an address on the internet; one wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: [],
    examples: { bad: warehouse(true, true), good: warehouse(true, false) },
  },
  {
    id: "aws-redshift-serverless-public",
    severity: "critical",
    category: "exposure",
    title: "The serverless warehouse can be reached from the internet",
    resourceTypes: ["aws_redshiftserverless_workgroup"],
    failsWhen: isTrue("publicly_accessible"),
    why: "It gets an address on the internet; one wrong security group rule later anybody can attack it.",
    fix: "Set publicly_accessible = false and reach it from inside the VPC.",
    controls: [],
    examples: {
      bad: `resource "aws_redshiftserverless_workgroup" "reports" {
  namespace_name      = "reports"
  workgroup_name      = "reports"
  publicly_accessible = true
}`,
      good: `resource "aws_redshiftserverless_workgroup" "reports" {
  namespace_name = "reports"
  workgroup_name = "reports"
}`,
    },
  },
  {
    id: "aws-redshift-logging-off",
    severity: "low",
    category: "logging",
    title: "The warehouse's connections and queries are not logged",
    resourceTypes: ["aws_redshift_cluster"],
    failsWhen: all(
      lacks("aws_redshift_logging", { from: "cluster_identifier", to: ["cluster_identifier", "id"] }),
      not(isTrue("logging.enable")),
    ),
    why: "After an incident nobody can tell who read what.",
    fix: "Add an aws_redshift_logging for the cluster.",
    controls: [],
    examples: {
      bad: warehouse(true, false),
      good: `${warehouse(true, false)}
resource "aws_redshift_logging" "reports" {
  cluster_identifier   = aws_redshift_cluster.reports.id
  log_destination_type = "cloudwatch"
}`,
    },
  },
  {
    id: "aws-redshift-tls-not-required",
    severity: "medium",
    category: "encryption",
    title: "The warehouse takes connections without TLS",
    resourceTypes: ["aws_redshift_parameter_group"],
    failsWhen: some("parameter", all(matches("value", /^(?:false|0|off)$/i), matches("name", /^require_ssl$/)), [
      "name",
    ]),
    why: "Whoever can listen on the way reads passwords and data.",
    fix: 'Set the parameter require_ssl to "true".',
    controls: [],
    examples: {
      bad: `resource "aws_redshift_parameter_group" "reports" {
  name   = "reports"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "false"
  }
}`,
      good: `resource "aws_redshift_parameter_group" "reports" {
  name   = "reports"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}`,
    },
  },
];
