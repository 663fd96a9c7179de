import type { Rule } from "../../../rule.ts";
import { all, equals, holds, isTrue, matches, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";
import { rdsCluster, rdsInstance } from "./rds-examples.ts";

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

const storedPassword = {
  severity: "low",
  category: "access",
  title: "The database's password stands in the state",
  why: "Whoever can read the state or a plan can log into the database.",
} as const;

const parameterOff = some(
  "parameter",
  all(oneOf("name", ["rds.force_ssl", "require_secure_transport"]), matches("value", /^(?:0|off|false)$/i)),
  ["name"],
);

export const awsRdsAccessRules: Rule[] = [
  {
    ...storedPassword,
    id: "aws-rds-password-in-state",
    resourceTypes: ["aws_db_instance"],
    failsWhen: present("password"),
    fix: "Set manage_master_user_password = true, so that Secrets Manager makes and rotates it, or use password_wo.",
    controls: [],
    examples: {
      bad: rdsInstance('username = "shop"\npassword = "a-password-from-elsewhere"'),
      good: rdsInstance('username = "shop"\nmanage_master_user_password = true'),
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
      bad: rdsCluster('master_username = "shop"\nmaster_password = "a-password-from-elsewhere"'),
      good: rdsCluster('master_username = "shop"\nmanage_master_user_password = true'),
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
];
