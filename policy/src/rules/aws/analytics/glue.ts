import type { Rule } from "../../../rule.ts";
import { any, equals, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

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

export const awsGlueRules: Rule[] = [
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
];
