import type { Rule } from "../../rule.ts";
import { any, equals, isTrue, not, present, some } from "../../vocabulary/condition.ts";
import { examplesOf } from "./example.ts";

const glue = (mode: string) => `name = "reports"
encryption_configuration {
  cloudwatch_encryption {
    cloudwatch_encryption_mode = "SSE-KMS"
    kms_key_arn                = "arn:aws:kms:eu-west-1:111122223333:key/abc"
  }
  job_bookmarks_encryption {
    job_bookmarks_encryption_mode = "CSE-KMS"
    kms_key_arn                   = "arn:aws:kms:eu-west-1:111122223333:key/abc"
  }
  s3_encryption {
    s3_encryption_mode = "${mode}"
  }
}`;

const catalog = (password: boolean, mode: string) => `data_catalog_encryption_settings {
  connection_password_encryption {
    return_connection_password_encrypted = ${password}
    aws_kms_key_id                       = "arn:aws:kms:eu-west-1:111122223333:key/abc"
  }
  encryption_at_rest {
    catalog_encryption_mode = "${mode}"
  }
}`;

const workgroup = (enforced: boolean) => `name = "reports"
configuration {
  enforce_workgroup_configuration = ${enforced}
  result_configuration {
    encryption_configuration {
      encryption_option = "SSE_S3"
    }
  }
}`;

const openPrincipal = "IAM_ALLOWED_PRINCIPALS";

export const awsDataLakeRules: Rule[] = [
  {
    id: "aws-glue-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "A part of what the jobs write is not encrypted",
    resourceTypes: ["aws_glue_security_configuration"],
    failsWhen: any(
      equals("encryption_configuration.s3_encryption.s3_encryption_mode", "DISABLED"),
      equals("encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode", "DISABLED"),
      equals("encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode", "DISABLED"),
    ),
    why: "Results, logs and bookmarks hold pieces of the data in clear.",
    fix: "Set the modes to SSE-KMS, SSE-KMS and CSE-KMS with a key.",
    controls: [],
    examples: examplesOf("aws_glue_security_configuration", glue("DISABLED"), glue("SSE-S3"), "reports"),
  },
  {
    id: "aws-glue-catalog-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The data catalog, or the passwords in it, are not encrypted",
    resourceTypes: ["aws_glue_data_catalog_encryption_settings"],
    failsWhen: any(
      not(
        isTrue("data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted"),
      ),
      equals("data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode", "DISABLED"),
    ),
    why: "Whoever may read connections gets the databases' passwords.",
    fix: 'Set return_connection_password_encrypted = true and catalog_encryption_mode = "SSE-KMS".',
    controls: [],
    examples: examplesOf(
      "aws_glue_data_catalog_encryption_settings",
      catalog(false, "SSE-KMS"),
      catalog(true, "SSE-KMS"),
      "all",
    ),
  },
  {
    id: "aws-glue-job-without-encryption",
    severity: "low",
    category: "encryption",
    title: "Nothing says how the job's data is encrypted",
    resourceTypes: ["aws_glue_job", "aws_glue_crawler", "aws_glue_dev_endpoint"],
    failsWhen: not(present("security_configuration")),
    why: "Its logs and bookmarks hold pieces of the data, and no key of your own keeps them.",
    fix: "Set security_configuration to an aws_glue_security_configuration.",
    controls: [],
    examples: examplesOf(
      "aws_glue_job",
      'name = "reports"\nrole_arn = "arn:aws:iam::111122223333:role/reports"',
      'name = "reports"\nrole_arn = "arn:aws:iam::111122223333:role/reports"\nsecurity_configuration = aws_glue_security_configuration.reports.name',
      "reports",
    ),
  },
  {
    id: "aws-athena-settings-not-enforced",
    severity: "low",
    category: "encryption",
    title: "Whoever asks chooses where results go and whether they are encrypted",
    resourceTypes: ["aws_athena_workgroup"],
    failsWhen: equals("configuration.enforce_workgroup_configuration", false),
    why: "Results land unencrypted, or in somebody else's bucket.",
    fix: "Remove enforce_workgroup_configuration = false.",
    controls: [],
    examples: examplesOf("aws_athena_workgroup", workgroup(false), workgroup(true), "reports"),
  },
  {
    id: "aws-lakeformation-open-to-iam",
    severity: "medium",
    category: "access",
    title: "The data lake's permissions are given to everybody who passes IAM",
    resourceTypes: ["aws_lakeformation_permissions"],
    failsWhen: equals("principal", openPrincipal),
    why: "Whoever may read the bucket or ask Athena reads the tables, whatever the lake's permissions say.",
    fix: "Name the roles that need it as principals.",
    controls: [],
    examples: examplesOf(
      "aws_lakeformation_permissions",
      `principal = "${openPrincipal}"\npermissions = ["ALL"]\ndatabase {\n  name = "sales"\n}`,
      'principal = "arn:aws:iam::111122223333:role/reports"\npermissions = ["DESCRIBE"]\ndatabase {\n  name = "sales"\n}',
      "sales",
    ),
  },
  {
    id: "aws-lakeformation-new-tables-open",
    severity: "medium",
    category: "access",
    title: "New databases and tables of the lake are open to everybody who passes IAM",
    resourceTypes: ["aws_lakeformation_data_lake_settings"],
    failsWhen: any(
      some("create_database_default_permissions", equals("principal", openPrincipal)),
      some("create_table_default_permissions", equals("principal", openPrincipal)),
    ),
    why: "Nobody thinks of taking it back, so the lake's permissions never count.",
    fix: "Leave the blocks with IAM_ALLOWED_PRINCIPALS out.",
    controls: [],
    examples: examplesOf(
      "aws_lakeformation_data_lake_settings",
      `admins = ["arn:aws:iam::111122223333:role/lake"]\ncreate_table_default_permissions {\n  principal   = "${openPrincipal}"\n  permissions = ["ALL"]\n}`,
      'admins = ["arn:aws:iam::111122223333:role/lake"]',
      "lake",
    ),
  },
  {
    id: "aws-mwaa-public",
    severity: "medium",
    category: "exposure",
    title: "The workflow console can be reached from the internet",
    resourceTypes: ["aws_mwaa_environment"],
    failsWhen: equals("webserver_access_mode", "PUBLIC_ONLY"),
    why: "One stolen session is enough, from anywhere, to run code with the environment's role.",
    fix: 'Set webserver_access_mode = "PRIVATE_ONLY".',
    controls: [],
    examples: examplesOf(
      "aws_mwaa_environment",
      'name = "reports"\nwebserver_access_mode = "PUBLIC_ONLY"',
      'name = "reports"\nwebserver_access_mode = "PRIVATE_ONLY"',
      "reports",
    ),
  },
];
