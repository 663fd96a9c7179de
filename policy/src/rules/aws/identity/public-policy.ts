import type { Rule } from "../../../rule.ts";
import { all, not, present } from "../../../vocabulary/condition.ts";
import { letsEverybodyIn, statement } from "../../../vocabulary/policy-document.ts";

const document = (principal: string, action: string) => `jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = ${principal}
      Action    = "${action}"
      Resource  = "*"
    }]
  })`;

const partner = '{ AWS = "arn:aws:iam::111122223333:root" }';

/** What differs between the services whose resources have a policy of their own. */
interface PolicyFamily {
  id: string;
  title: string;
  severity: Rule["severity"];
  resourceTypes: readonly string[];
  attribute: string;
  why: string;
  action: string;
}

/** The rule about a policy that lets everybody in; the examples are of the last type. */
function publicPolicyRule(family: PolicyFamily): Rule {
  const example = (principal: string) => `resource "${family.resourceTypes.at(-1)}" "orders" {
  ${family.attribute} = ${document(principal, family.action)}
}`;
  return {
    id: family.id,
    severity: family.severity,
    category: "exposure",
    title: family.title,
    resourceTypes: family.resourceTypes,
    failsWhen: statement(family.attribute, letsEverybodyIn),
    why: family.why,
    fix: "Name the principals, or restrict the statement by a condition such as aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: { bad: example('"*"'), good: example(partner) },
  };
}

export const awsPublicPolicyRules: Rule[] = [
  publicPolicyRule({
    id: "aws-sqs-queue-public",
    title: "The queue's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_sqs_queue", "aws_sqs_queue_policy"],
    attribute: "policy",
    why: "Any AWS account can send, read or delete messages.",
    action: "sqs:SendMessage",
  }),
  publicPolicyRule({
    id: "aws-sns-topic-public",
    title: "The topic's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_sns_topic", "aws_sns_topic_policy"],
    attribute: "policy",
    why: "Any AWS account can publish to the topic or subscribe to what is said there.",
    action: "sns:Publish",
  }),
  publicPolicyRule({
    id: "aws-kms-key-public",
    title: "The key's policy lets everybody in",
    severity: "critical",
    resourceTypes: [
      "aws_kms_key",
      "aws_kms_external_key",
      "aws_kms_replica_key",
      "aws_kms_replica_external_key",
      "aws_kms_key_policy",
    ],
    attribute: "policy",
    why: "Any AWS account can use the key, so what it encrypts is as good as in clear.",
    action: "kms:Decrypt",
  }),
  publicPolicyRule({
    id: "aws-ecr-repository-public",
    title: "The image repository's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_ecr_registry_policy", "aws_ecr_repository_policy"],
    attribute: "policy",
    why: "Any AWS account can pull the images, or push others in their place.",
    action: "ecr:BatchGetImage",
  }),
  publicPolicyRule({
    id: "aws-secret-public",
    title: "The secret's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_secretsmanager_secret", "aws_secretsmanager_secret_policy"],
    attribute: "policy",
    why: "Any AWS account can read the secret.",
    action: "secretsmanager:GetSecretValue",
  }),
  publicPolicyRule({
    id: "aws-backup-vault-public",
    title: "The backup vault's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_backup_vault_policy"],
    attribute: "policy",
    why: "Any AWS account can copy or delete backups.",
    action: "backup:CopyFromBackupVault",
  }),
  publicPolicyRule({
    id: "aws-event-bus-public",
    title: "The event bus's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_cloudwatch_event_bus_policy"],
    attribute: "policy",
    why: "Any AWS account can send events that set off what listens on the bus.",
    action: "events:PutEvents",
  }),
  publicPolicyRule({
    id: "aws-file-system-public",
    title: "The file system's policy lets everybody in",
    severity: "medium",
    resourceTypes: ["aws_efs_file_system_policy"],
    attribute: "policy",
    why: "Whoever reaches the file system over the network can mount it, without any credentials.",
    action: "elasticfilesystem:ClientMount",
  }),
  publicPolicyRule({
    id: "aws-code-repository-public",
    title: "The package domain's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_codeartifact_domain_permissions_policy", "aws_codeartifact_repository_permissions_policy"],
    attribute: "policy_document",
    why: "Any AWS account can read the packages, or publish others in their place.",
    action: "codeartifact:ReadFromRepository",
  }),
  {
    id: "aws-search-domain-public",
    severity: "critical",
    category: "exposure",
    title: "The search domain can be used by everybody on the internet",
    resourceTypes: ["aws_opensearch_domain", "aws_elasticsearch_domain"],
    // Inside a network the security groups decide who reaches it at all.
    failsWhen: all(statement("access_policies", letsEverybodyIn), not(present("vpc_options"))),
    why: "Anybody can read and delete the indexes; such domains are found and held to ransom within hours.",
    fix: "Put the domain into a VPC by vpc_options, or name the principals or networks that may use it.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: {
      bad: `resource "aws_opensearch_domain" "orders" {
  access_policies = ${document('{ AWS = "*" }', "es:*")}
  encrypt_at_rest {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https = true
  }
}`,
      good: `resource "aws_opensearch_domain" "orders" {
  access_policies = ${document(partner, "es:*")}
  encrypt_at_rest {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https = true
  }
}`,
    },
  },
  publicPolicyRule({
    id: "aws-s3-table-bucket-public",
    title: "The table bucket's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_s3tables_table_policy", "aws_s3tables_table_bucket_policy"],
    attribute: "resource_policy",
    why: "Any AWS account can read the tables.",
    action: "s3tables:GetTableData",
  }),
  publicPolicyRule({
    id: "aws-dynamodb-table-public",
    title: "The table's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_dynamodb_resource_policy"],
    attribute: "policy",
    why: "Any AWS account can read or change the table.",
    action: "dynamodb:GetItem",
  }),
  publicPolicyRule({
    id: "aws-kinesis-stream-public",
    title: "The stream's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_kinesis_resource_policy"],
    attribute: "policy",
    why: "Any AWS account can read the records or write false ones.",
    action: "kinesis:GetRecords",
  }),
  publicPolicyRule({
    id: "aws-msk-cluster-policy-public",
    title: "The Kafka cluster's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_msk_cluster_policy"],
    attribute: "policy",
    why: "Any AWS account can connect its network to the cluster.",
    action: "kafka:CreateVpcConnection",
  }),
  publicPolicyRule({
    id: "aws-glue-catalog-public",
    title: "The data catalog's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_glue_resource_policy"],
    attribute: "policy",
    why: "Any AWS account can read or change what the tables are and where their data lies.",
    action: "glue:GetTable",
  }),
  publicPolicyRule({
    id: "aws-redshift-namespace-public",
    title: "The data warehouse's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_redshift_resource_policy", "aws_redshiftserverless_resource_policy"],
    attribute: "policy",
    why: "Any AWS account can take over what the policy names: shares, snapshots or integrations.",
    action: "redshift-serverless:RestoreFromSnapshot",
  }),
  publicPolicyRule({
    id: "aws-log-destination-public",
    title: "The log destination's policy lets everybody in",
    severity: "medium",
    resourceTypes: ["aws_cloudwatch_log_destination_policy"],
    attribute: "access_policy",
    why: "Any AWS account can send its logs, and false ones, into this account's pipeline.",
    action: "logs:PutSubscriptionFilter",
  }),
  publicPolicyRule({
    id: "aws-ses-identity-public",
    title: "Everybody may send mail in the domain's name",
    severity: "high",
    resourceTypes: ["aws_ses_identity_policy", "aws_sesv2_email_identity_policy"],
    attribute: "policy",
    why: "Any AWS account can send signed mail that receivers take for this organization's.",
    action: "ses:SendEmail",
  }),
  publicPolicyRule({
    id: "aws-glacier-vault-public",
    title: "The archive's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_glacier_vault"],
    attribute: "access_policy",
    why: "Any AWS account can read or delete the archives.",
    action: "glacier:InitiateJob",
  }),
  publicPolicyRule({
    id: "aws-mediastore-container-public",
    title: "The media container's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_media_store_container_policy"],
    attribute: "policy",
    why: "Any AWS account can read, replace or delete the media.",
    action: "mediastore:GetObject",
  }),
  publicPolicyRule({
    id: "aws-cloudsearch-public",
    title: "The search domain's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_cloudsearch_domain_service_access_policy"],
    attribute: "access_policy",
    why: "Anybody on the internet can read and change the index.",
    action: "cloudsearch:search",
  }),
  publicPolicyRule({
    id: "aws-vpclattice-service-public",
    title: "The service network's policy lets everybody in",
    severity: "medium",
    resourceTypes: ["aws_vpclattice_resource_policy", "aws_vpclattice_auth_policy"],
    attribute: "policy",
    why: "Every caller of every connected network reaches the service without saying who it is.",
    action: "vpc-lattice-svcs:Invoke",
  }),
  publicPolicyRule({
    id: "aws-organizations-public",
    title: "The organization's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_organizations_resource_policy"],
    attribute: "content",
    why: "Any AWS account can manage what the policy delegates.",
    action: "organizations:DescribeOrganization",
  }),
  publicPolicyRule({
    id: "aws-acmpca-public",
    title: "The certificate authority's policy lets everybody in",
    severity: "critical",
    resourceTypes: ["aws_acmpca_policy"],
    attribute: "policy",
    why: "Any AWS account can have certificates issued that everything here trusts.",
    action: "acm-pca:IssueCertificate",
  }),
  publicPolicyRule({
    id: "aws-sagemaker-model-group-public",
    title: "The model group's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_sagemaker_model_package_group_policy"],
    attribute: "resource_policy",
    why: "Any AWS account can take the models, or put others in their place.",
    action: "sagemaker:DescribeModelPackage",
  }),
  publicPolicyRule({
    id: "aws-codebuild-project-public",
    title: "The build project's policy lets everybody in",
    severity: "high",
    resourceTypes: ["aws_codebuild_resource_policy"],
    attribute: "policy",
    why: "Any AWS account can read builds, their logs included.",
    action: "codebuild:BatchGetBuilds",
  }),
];
