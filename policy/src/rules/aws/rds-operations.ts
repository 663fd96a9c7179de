import type { Rule } from "../../rule.ts";
import { all, equals, isTrue, matches, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { below } from "../../vocabulary/number.ts";

/** A replica takes it over from its source, which is judged itself. */
const isNoReplica = not(present("replicate_source_db"));

const parameterOff = some(
  "parameter",
  all(oneOf("name", ["rds.force_ssl", "require_secure_transport"]), matches("value", /^(?:0|off|false)$/i)),
  ["name"],
);

export const awsRdsOperationsRules: Rule[] = [
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
    id: "aws-rds-single-zone",
    severity: "low",
    category: "availability",
    title: "The database stands in one availability zone only",
    resourceTypes: ["aws_db_instance"],
    failsWhen: all(not(isTrue("multi_az")), isNoReplica),
    why: "When the zone fails, the database is away until somebody restores it elsewhere.",
    fix: "Set multi_az = true.",
    controls: ["CIS AWS 5.0 2.2.4"],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = true
}`,
      good: `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  storage_encrypted = true
  multi_az          = true
}`,
    },
  },
  {
    id: "aws-rds-backup-off",
    severity: "medium",
    category: "recovery",
    title: "The database is not backed up",
    resourceTypes: ["aws_db_instance"],
    failsWhen: all(below("backup_retention_period", 1, 0), isNoReplica),
    why: "Without automatic backups there is no way back to a point in time after a fault or an attack.",
    fix: "Set backup_retention_period to the days you need, at least 7.",
    controls: [],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  storage_encrypted       = true
  backup_retention_period = 0
}`,
      good: `resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  storage_encrypted       = true
  backup_retention_period = 7
}`,
    },
  },
  {
    id: "aws-rds-deletion-protection-off",
    severity: "low",
    category: "recovery",
    title: "The database can be deleted by one call",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster"],
    failsWhen: not(isTrue("deletion_protection")),
    why: "A wrong plan, or one stolen key, is enough to delete the database.",
    fix: "Set deletion_protection = true.",
    controls: [],
    examples: {
      bad: `resource "aws_rds_cluster" "orders" {
  engine            = "aurora-postgresql"
  storage_encrypted = true
}`,
      good: `resource "aws_rds_cluster" "orders" {
  engine              = "aurora-postgresql"
  storage_encrypted   = true
  deletion_protection = true
}`,
    },
  },
  {
    id: "aws-rds-iam-authentication-off",
    severity: "low",
    category: "access",
    title: "The database takes only passwords of its own",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster"],
    failsWhen: all(
      not(isTrue("iam_database_authentication_enabled")),
      matches("engine", /^(?:aurora-)?(?:postgres|postgresql|mysql|mariadb)$/),
    ),
    why: "Passwords of the database live long and are shared; IAM gives each application a short-lived one that can be taken back.",
    fix: "Set iam_database_authentication_enabled = true and let applications ask for tokens.",
    controls: [],
    examples: {
      bad: `resource "aws_rds_cluster" "orders" {
  engine            = "aurora-postgresql"
  storage_encrypted = true
}`,
      good: `resource "aws_rds_cluster" "orders" {
  engine                              = "aurora-postgresql"
  storage_encrypted                   = true
  iam_database_authentication_enabled = true
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
  {
    id: "aws-rds-tls-not-required",
    severity: "medium",
    category: "encryption",
    title: "The database takes connections without TLS",
    resourceTypes: ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    failsWhen: parameterOff,
    why: "Whoever can listen on the way reads passwords and data.",
    fix: 'Set rds.force_ssl (PostgreSQL, SQL Server) to "1" or require_secure_transport (MySQL, MariaDB) to "ON".',
    controls: [],
    examples: {
      bad: `resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}`,
      good: `resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}`,
    },
  },
  {
    id: "aws-rds-snapshot-public",
    severity: "critical",
    category: "exposure",
    title: "The database's snapshot is shared with everybody",
    resourceTypes: [
      "aws_db_snapshot",
      "aws_db_cluster_snapshot",
      "aws_db_snapshot_copy",
      "aws_rds_cluster_snapshot_copy",
    ],
    failsWhen: anyMatches("shared_accounts", /^all$/),
    why: "Any AWS account can restore the snapshot and read the whole database.",
    fix: "List in shared_accounts only the accounts that need the snapshot.",
    controls: [],
    examples: {
      bad: `resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-1"
  shared_accounts        = ["all"]
}`,
      good: `resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-1"
  shared_accounts        = ["111122223333"]
}`,
    },
  },
  {
    id: "aws-rds-old-certificate-authority",
    severity: "medium",
    category: "encryption",
    title: "The database's certificate comes from an expired authority",
    resourceTypes: ["aws_db_instance", "aws_rds_cluster_instance"],
    failsWhen: oneOf("ca_cert_identifier", ["rds-ca-2015", "rds-ca-2019"]),
    why: "Clients that check the certificate cannot connect, and those that do not check it can be deceived.",
    fix: 'Use ca_cert_identifier = "rds-ca-rsa2048-g1" or a newer one.',
    controls: [],
    examples: {
      bad: `resource "aws_db_instance" "orders" {
  engine             = "postgres"
  storage_encrypted  = true
  ca_cert_identifier = "rds-ca-2019"
}`,
      good: `resource "aws_db_instance" "orders" {
  engine             = "postgres"
  storage_encrypted  = true
  ca_cert_identifier = "rds-ca-rsa2048-g1"
}`,
    },
  },
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
];
