import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, matches, not, present, some } from "../../vocabulary/condition.ts";
import { oldTls } from "../../vocabulary/tls.ts";

const domainTypes = ["aws_opensearch_domain", "aws_elasticsearch_domain"];

const domain = (
  change: Partial<Record<"rest" | "nodes" | "https", boolean>> & { tls?: string },
) => `resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  encrypt_at_rest {
    enabled = ${change.rest ?? true}
  }
  node_to_node_encryption {
    enabled = ${change.nodes ?? true}
  }
  domain_endpoint_options {
    enforce_https       = ${change.https ?? true}
    tls_security_policy = "${change.tls ?? "Policy-Min-TLS-1-2-2019-07"}"
  }
}`;

const warehouse = (encrypted: boolean, open: boolean) => `resource "aws_redshift_cluster" "reports" {
  cluster_identifier  = "reports"
  node_type           = "ra3.large"
  encrypted           = ${encrypted}
  publicly_accessible = ${open}
}`;

export const awsAnalyticsRules: Rule[] = [
  {
    id: "aws-search-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The search domain's data is not encrypted",
    resourceTypes: domainTypes,
    failsWhen: not(isTrue("encrypt_at_rest.enabled")),
    why: "Indexes and snapshots hold everything in clear.",
    fix: "Add encrypt_at_rest { enabled = true }.",
    controls: [],
    examples: { bad: domain({ rest: false }), good: domain({}) },
  },
  {
    id: "aws-search-nodes-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The search domain's machines talk to each other without TLS",
    resourceTypes: domainTypes,
    failsWhen: not(isTrue("node_to_node_encryption.enabled")),
    why: "Whoever can listen on the network reads the indexes.",
    fix: "Add node_to_node_encryption { enabled = true }.",
    controls: [],
    examples: { bad: domain({ nodes: false }), good: domain({}) },
  },
  {
    id: "aws-search-plain-text",
    severity: "high",
    category: "encryption",
    title: "The search domain takes requests without TLS",
    resourceTypes: domainTypes,
    // Inside the block the provider takes true; without the block the service takes both.
    failsWhen: any(equals("domain_endpoint_options.enforce_https", false), not(present("domain_endpoint_options"))),
    why: "Queries, results and passwords can be read on the way.",
    fix: "Set enforce_https = true.",
    controls: [],
    examples: { bad: domain({ https: false }), good: domain({}) },
  },
  {
    id: "aws-search-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The search domain takes TLS older than 1.2",
    resourceTypes: domainTypes,
    // Where none is named the service takes Policy-Min-TLS-1-0-2019-07.
    failsWhen: any(
      oldTls("domain_endpoint_options.tls_security_policy"),
      not(present("domain_endpoint_options.tls_security_policy")),
    ),
    why: "The old versions have known faults.",
    fix: 'Set tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10".',
    controls: [],
    examples: { bad: domain({ tls: "Policy-Min-TLS-1-0-2019-07" }), good: domain({}) },
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
  {
    id: "aws-athena-results-not-encrypted",
    severity: "low",
    category: "encryption",
    title: "Results of queries are not encrypted by the workgroup",
    resourceTypes: ["aws_athena_workgroup"],
    failsWhen: all(
      not(present("configuration.result_configuration.encryption_configuration")),
      present("configuration.result_configuration.output_location"),
    ),
    why: "Results hold copies of the data, and take whatever protection their bucket happens to have.",
    fix: "Add encryption_configuration to result_configuration.",
    controls: [],
    examples: {
      bad: `resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    result_configuration {
      output_location = "s3://results/"
    }
  }
}`,
      good: `resource "aws_athena_workgroup" "reports" {
  name = "reports"
  configuration {
    result_configuration {
      output_location = "s3://results/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}`,
    },
  },
];
