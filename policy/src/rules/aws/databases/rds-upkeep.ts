import type { Rule } from "../../../rule.ts";
import { all, any, equals, matches, not, present } from "../../../vocabulary/condition.ts";
import { rdsInstance } from "./rds-examples.ts";

/**
 * Major versions past the end of standard support; running on costs extra and ends too.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-versions.html
 */
const endedVersions: Record<string, RegExp> = {
  postgres: /^(?:9|1[0-2])(?:\.|$)/,
  "aurora-postgresql": /^(?:9|1[0-2])(?:\.|$)/,
  mysql: /^5\./,
  "aurora-mysql": /^5\./,
  mariadb: /^10\.[0-5](?:\.|$)/,
};

const ended = any(
  ...Object.entries(endedVersions).map(([engine, versions]) =>
    all(matches("engine_version", versions), equals("engine", engine)),
  ),
);

export const awsRdsUpkeepRules: Rule[] = [
  {
    id: "aws-rds-version-ended",
    severity: "medium",
    category: "maintenance",
    title: "The database's version gets no regular security fixes any more",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster"],
    failsWhen: ended,
    why: "Known faults stay open, extended support costs more every year, and then the upgrade is forced.",
    fix: "Upgrade to a version in standard support; try it on a restored snapshot first.",
    controls: [],
    examples: {
      bad: rdsInstance('engine = "postgres"\nengine_version = "11.22"'),
      good: rdsInstance('engine = "postgres"\nengine_version = "17.4"'),
    },
  },
  {
    id: "aws-rds-auto-minor-upgrade-off",
    severity: "low",
    category: "maintenance",
    title: "Minor versions of the database are not taken automatically",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster_instance"],
    failsWhen: equals("auto_minor_version_upgrade", false),
    why: "Minor versions bring the security fixes; without them known faults stay until somebody thinks of it.",
    fix: "Leave auto_minor_version_upgrade at true and choose a maintenance_window.",
    controls: ["CIS AWS 5.0 2.2.2"],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine                     = "postgres"
  storage_encrypted          = true
  auto_minor_version_upgrade = false
}`,
      good: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = true
}`,
    },
  },
  {
    id: "aws-rds-logs-not-exported",
    severity: "low",
    category: "logging",
    title: "The database's logs stay inside it",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster"],
    failsWhen: not(present("enabled_cloudwatch_logs_exports")),
    why: "Logs inside the instance are gone with it, and nobody is told what stands in them.",
    fix: "List the engine's logs in enabled_cloudwatch_logs_exports.",
    controls: [],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = true
}`,
      good: `resource "aws_db_instance" "orders" {
  engine                          = "postgres"
  storage_encrypted               = true
  enabled_cloudwatch_logs_exports = ["postgresql"]
}`,
    },
  },
];
