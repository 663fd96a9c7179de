import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, isTrue, matches, not, present, some } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { exampleOf, examplesOf } from "./example.ts";

const instance = (more: string) => exampleOf("aws_db_instance", `storage_encrypted = true\n${more}`);
const cluster = (more: string) =>
  exampleOf("aws_rds_cluster", `engine = "aurora-postgresql"\nstorage_encrypted = true\n${more}`);

const proxy = (more: string, iam = "REQUIRED") => `name = "orders"
engine_family = "POSTGRESQL"
role_arn = "arn:aws:iam::111122223333:role/proxy"
vpc_subnet_ids = ["subnet-0abc"]
${more}
auth {
  iam_auth   = "${iam}"
  secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders"
}`;

const parameters = (family: string, name: string, value: string) => `name = "orders"
family = "${family}"
parameter {
  name  = "${name}"
  value = "${value}"
}`;

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

const storedPassword = {
  severity: "low",
  category: "access",
  title: "The database's password stands in the state",
  why: "Whoever can read the state or a plan can log into the database.",
} as const;

export const awsRdsMoreRules: Rule[] = [
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
    examples: { bad: instance("backup_retention_period = 1"), good: instance("backup_retention_period = 14") },
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
    examples: { bad: cluster("backup_retention_period = 1"), good: cluster("backup_retention_period = 14") },
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
    examples: {
      bad: cluster("skip_final_snapshot = true"),
      good: cluster('skip_final_snapshot = false\nfinal_snapshot_identifier = "orders-last"'),
    },
  },
  {
    ...storedPassword,
    id: "aws-rds-password-in-state",
    resourceTypes: ["aws_db_instance"],
    failsWhen: present("password"),
    fix: "Set manage_master_user_password = true, so that Secrets Manager makes and rotates it, or use password_wo.",
    controls: [],
    examples: {
      bad: instance('username = "shop"\npassword = "a-password-from-elsewhere"'),
      good: instance('username = "shop"\nmanage_master_user_password = true'),
    },
  },
  {
    ...storedPassword,
    id: "aws-rds-cluster-password-in-state",
    resourceTypes: ["aws_rds_cluster", "aws_docdb_cluster", "aws_redshift_cluster"],
    failsWhen: present("master_password"),
    fix: "Let Secrets Manager make it (manage_master_user_password or manage_master_password), or use master_password_wo.",
    controls: [],
    examples: {
      bad: cluster('master_username = "shop"\nmaster_password = "a-password-from-elsewhere"'),
      good: cluster('master_username = "shop"\nmanage_master_user_password = true'),
    },
  },
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
      bad: instance('engine = "postgres"\nengine_version = "11.22"'),
      good: instance('engine = "postgres"\nengine_version = "17.4"'),
    },
  },
  {
    id: "aws-rds-proxy-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The database proxy takes connections without TLS",
    resourceTypes: ["aws_db_proxy"],
    failsWhen: not(isTrue("require_tls")),
    why: "Whoever can listen on the network reads data and passwords.",
    fix: "Set require_tls = true.",
    controls: [],
    examples: examplesOf("aws_db_proxy", proxy("require_tls = false"), proxy("require_tls = true")),
  },
  {
    id: "aws-rds-proxy-logs-statements",
    severity: "low",
    category: "exposure",
    title: "The database proxy writes statements to its log",
    resourceTypes: ["aws_db_proxy"],
    failsWhen: isTrue("debug_logging"),
    why: "Statements hold personal data, which then lies in a log that many may read.",
    fix: "Remove debug_logging = true when the search for the fault is over.",
    controls: [],
    examples: examplesOf(
      "aws_db_proxy",
      proxy("require_tls = true\ndebug_logging = true"),
      proxy("require_tls = true"),
    ),
  },
  {
    id: "aws-rds-reads-client-files",
    severity: "medium",
    category: "exposure",
    title: "The database may ask clients for their files",
    resourceTypes: ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    failsWhen: some("parameter", all(matches("value", /^(?:1|on|true)$/i), equals("name", "local_infile")), ["name"]),
    why: "An injected statement reads files of the application's machine into a table.",
    fix: "Set local_infile to 0.",
    controls: [],
    examples: examplesOf(
      "aws_db_parameter_group",
      parameters("mysql8.0", "local_infile", "1"),
      parameters("mysql8.0", "local_infile", "0"),
    ),
  },
  {
    id: "aws-rds-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The database takes TLS older than 1.2",
    resourceTypes: ["aws_db_parameter_group", "aws_rds_cluster_parameter_group"],
    failsWhen: some(
      "parameter",
      all(
        holds(
          "value",
          "text",
          (value) => typeof value === "string" && /(?:^|,)\s*TLSv1(?:\.1)?\s*(?:,|$)/i.test(value),
        ),
        matches("name", /^(?:tls_version|ssl_min_protocol_version)$/),
      ),
      ["name"],
    ),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: "Allow TLSv1.2 and TLSv1.3 only.",
    controls: [],
    examples: examplesOf(
      "aws_db_parameter_group",
      parameters("mysql8.0", "tls_version", "TLSv1,TLSv1.1,TLSv1.2"),
      parameters("mysql8.0", "tls_version", "TLSv1.2,TLSv1.3"),
    ),
  },
];
