import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, isTrue, matches, not, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { examplesOf } from "./example.ts";

const warehouse = (more: string) => `cluster_identifier = "reports"
node_type = "ra3.large"
encrypted = true
publicly_accessible = false
${more}`;

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

const hadoop = (rest: boolean, transit: boolean) => `name = "reports"
configuration = jsonencode({
  EncryptionConfiguration = { EnableAtRestEncryption = ${rest}, EnableInTransitEncryption = ${transit} }
})`;

/** What the security configuration, JSON text, says about encryption. */
function encryption(test: (configuration: JsonObject) => boolean): Condition {
  return holds("configuration", "text", (value) => {
    if (typeof value !== "string") return false;
    try {
      const read: Json = JSON.parse(value);
      const found = isObject(read) ? read["EncryptionConfiguration"] : undefined;
      return isObject(read) && test(isObject(found) ? found : {});
    } catch {
      return false;
    }
  });
}

const openPrincipal = "IAM_ALLOWED_PRINCIPALS";

export const awsAnalyticsMoreRules: Rule[] = [
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
      warehouse("automated_snapshot_retention_period = 0"),
      warehouse("automated_snapshot_retention_period = 7"),
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
    examples: examplesOf("aws_redshift_cluster", warehouse("allow_version_upgrade = false"), warehouse(""), "reports"),
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
    examples: examplesOf("aws_redshift_cluster", warehouse(""), warehouse("enhanced_vpc_routing = true"), "reports"),
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
      'name = "reports"\nrole_arn = "arn:aws:iam::111122223333:role/reports"\nsecurity_configuration = "reports"',
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
    id: "aws-emr-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The Hadoop clusters' disks and files are not encrypted",
    resourceTypes: ["aws_emr_security_configuration"],
    failsWhen: encryption((configuration) => configuration["EnableAtRestEncryption"] !== true),
    why: "Disks and buckets hold everything that is worked on in clear.",
    fix: "Set EnableAtRestEncryption to true with keys for S3 and the local disks.",
    controls: [],
    examples: examplesOf("aws_emr_security_configuration", hadoop(false, true), hadoop(true, true), "reports"),
  },
  {
    id: "aws-emr-plain-text",
    severity: "medium",
    category: "encryption",
    title: "Machines of the Hadoop clusters talk to each other without TLS",
    resourceTypes: ["aws_emr_security_configuration"],
    failsWhen: encryption((configuration) => configuration["EnableInTransitEncryption"] !== true),
    why: "Whoever can listen on the network reads what is worked on.",
    fix: "Set EnableInTransitEncryption to true with certificates.",
    controls: [],
    examples: examplesOf("aws_emr_security_configuration", hadoop(true, false), hadoop(true, true), "reports"),
  },
  {
    id: "aws-emr-without-security-configuration",
    severity: "low",
    category: "encryption",
    title: "The Hadoop cluster has no security configuration",
    resourceTypes: ["aws_emr_cluster"],
    failsWhen: not(present("security_configuration")),
    why: "Nothing says whether disks, files and the traffic between its machines are encrypted.",
    fix: "Set security_configuration to an aws_emr_security_configuration.",
    controls: [],
    examples: examplesOf(
      "aws_emr_cluster",
      'name = "reports"\nrelease_label = "emr-7.5.0"\nservice_role = "emr"',
      'name = "reports"\nrelease_label = "emr-7.5.0"\nservice_role = "emr"\nsecurity_configuration = "reports"',
      "reports",
    ),
  },
  {
    id: "aws-emr-public-ports-allowed",
    severity: "high",
    category: "exposure",
    title: "Hadoop clusters may be opened to the internet",
    resourceTypes: ["aws_emr_block_public_access_configuration"],
    failsWhen: not(isTrue("block_public_security_group_rules")),
    why: "Their consoles run commands for whoever reaches them; open ones are found within hours.",
    fix: "Set block_public_security_group_rules = true.",
    controls: [],
    examples: examplesOf(
      "aws_emr_block_public_access_configuration",
      "block_public_security_group_rules = false",
      "block_public_security_group_rules = true",
      "all",
    ),
  },
  {
    id: "aws-lake-open-to-iam",
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
    id: "aws-lake-new-tables-open",
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
    id: "aws-airflow-public",
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
