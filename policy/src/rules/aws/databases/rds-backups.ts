import type { Rule } from "../../../rule.ts";
import { all, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { below } from "../../../vocabulary/number.ts";
import { rdsCluster, rdsInstance } from "./rds-examples.ts";

/** A replica takes it over from its source, which is judged itself. */
const isNoReplica = not(present("replicate_source_db"));

export const awsRdsBackupsRules: Rule[] = [
  {
    id: "aws-rds-backup-short",
    severity: "low",
    category: "recovery",
    title: "Backups of the database are kept for less than a week",
    resourceTypes: ["aws_db_instance"],
    failsWhen: all(
      below("backup_retention_period", 7, 0),
      // None at all is a finding of its own.
      not(below("backup_retention_period", 1, 0)),
      not(present("replicate_source_db")),
    ),
    why: "A fault that is noticed after a long weekend can no longer be undone.",
    fix: "Set backup_retention_period = 7 or more.",
    controls: [],
    examples: { bad: rdsInstance("backup_retention_period = 1"), good: rdsInstance("backup_retention_period = 14") },
  },
  {
    id: "aws-rds-cluster-backup-short",
    severity: "low",
    category: "recovery",
    title: "Backups of the database cluster are kept for less than a week",
    resourceTypes: ["aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"],
    // Where nothing is set the service keeps one day.
    failsWhen: below("backup_retention_period", 7, 1),
    why: "A fault that is noticed after a long weekend can no longer be undone.",
    fix: "Set backup_retention_period = 7 or more.",
    controls: [],
    examples: { bad: rdsCluster("backup_retention_period = 1"), good: rdsCluster("backup_retention_period = 14") },
  },
  {
    id: "aws-rds-no-last-snapshot",
    severity: "low",
    category: "recovery",
    title: "Nothing is left of the database when it is deleted",
    resourceTypes: [
      "aws_db_instance",
      "aws_rds_cluster",
      "aws_docdb_cluster",
      "aws_neptune_cluster",
      "aws_redshift_cluster",
    ],
    failsWhen: isTrue("skip_final_snapshot"),
    why: "The automatic backups of a database go with it; a wrong plan deletes all there is.",
    fix: "Set skip_final_snapshot = false and a final_snapshot_identifier.",
    controls: [],
    repair: "none",
    examples: {
      bad: rdsCluster("skip_final_snapshot = true"),
      good: rdsCluster('skip_final_snapshot = false\nfinal_snapshot_identifier = "orders-last"'),
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
    repair: "none",
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
];
