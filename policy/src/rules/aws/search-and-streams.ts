import { isObject, stringAt } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, any, equals, holds, isTrue, not, oneOf, present, refersTo, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { letsEverybodyIn, statement } from "../../vocabulary/policy-document.ts";
import { examplesOf } from "./example.ts";

const domainTypes = ["aws_opensearch_domain", "aws_elasticsearch_domain"];

const domain = (more: string) => `domain_name = "search"
encrypt_at_rest {
  enabled = true
}
domain_endpoint_options {
  enforce_https = true
}
${more}`;

const kafka = (more: string) => `cluster_name = "events"
kafka_version = "3.8.x"
number_of_broker_nodes = 3
${more}`;

const connector = (encryption: string, client: string) => `name = "orders"
kafkaconnect_version = "3.7.x"
kafka_cluster_client_authentication {
  authentication_type = "${client}"
}
kafka_cluster_encryption_in_transit {
  encryption_type = "${encryption}"
}`;

const network = (open: boolean) => `name = "search"
type = "network"
policy = jsonencode([{
  Rules           = [{ ResourceType = "collection", Resource = ["collection/search"] }]
  AllowFromPublic = ${open}
}])`;

/** The policy is JSON text of a list of objects. */
function someEntry(path: string, test: (entry: JsonObject) => boolean): Condition {
  return holds(path, "text", (value) => {
    if (typeof value !== "string") return false;
    try {
      const read: Json = JSON.parse(value);
      return (Array.isArray(read) ? read : [read]).some((entry) => isObject(entry) && test(entry));
    } catch {
      return false;
    }
  });
}

const policy = (principal: string) => `domain_name = "search"
access_policies = jsonencode({
  Statement = [{ Effect = "Allow", Principal = { AWS = "${principal}" }, Action = "es:*", Resource = "*" }]
})`;

/** The domain that a separate policy is about stands in a network, where security groups decide who reaches it at all. */
const ofDomainInNetwork = any(
  ...domainTypes.map((type) =>
    refersTo(type, { from: "domain_name", to: ["domain_name", "id"] }, present("vpc_options")),
  ),
);

export const awsSearchAndStreamRules: Rule[] = [
  {
    id: "aws-search-policy-public",
    severity: "critical",
    category: "exposure",
    title: "The search domain's separate policy lets everybody on the internet in",
    resourceTypes: ["aws_elasticsearch_domain_policy", "aws_opensearch_domain_policy"],
    failsWhen: all(statement("access_policies", letsEverybodyIn), not(ofDomainInNetwork)),
    why: "Anybody can read and delete the indexes; such domains are found and held to ransom within hours.",
    fix: "Name the principals or networks that may use it, or put the domain into a VPC.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: examplesOf(
      "aws_opensearch_domain_policy",
      policy("*"),
      policy("arn:aws:iam::111122223333:role/shop"),
      "search",
    ),
  },
  {
    id: "aws-search-no-fine-grained-access",
    severity: "medium",
    category: "access",
    title: "Whoever may use the search domain may use all of it",
    resourceTypes: domainTypes,
    failsWhen: not(isTrue("advanced_security_options.enabled")),
    why: "Rights on single indexes and actions do not exist, and its own pages ask nobody who they are.",
    fix: "Add advanced_security_options { enabled = true } with a main user.",
    controls: [],
    examples: examplesOf(
      "aws_opensearch_domain",
      domain(""),
      domain(
        'advanced_security_options {\n  enabled = true\n  master_user_options {\n    master_user_arn = "arn:aws:iam::111122223333:role/search"\n  }\n}',
      ),
      "search",
    ),
  },
  {
    id: "aws-search-anonymous",
    severity: "high",
    category: "access",
    title: "The search domain takes users who do not say who they are",
    resourceTypes: ["aws_opensearch_domain"],
    failsWhen: isTrue("advanced_security_options.anonymous_auth_enabled"),
    why: "Whoever reaches it may do what its roles give to everybody; it is meant for the days of a migration.",
    fix: "Remove anonymous_auth_enabled = true.",
    controls: [],
    examples: examplesOf(
      "aws_opensearch_domain",
      domain("advanced_security_options {\n  enabled                = true\n  anonymous_auth_enabled = true\n}"),
      domain("advanced_security_options {\n  enabled = true\n}"),
      "search",
    ),
  },
  {
    id: "aws-search-outside-network",
    severity: "medium",
    category: "exposure",
    title: "The search domain has an address on the internet",
    resourceTypes: domainTypes,
    failsWhen: not(present("vpc_options")),
    why: "Only its policy keeps strangers out; one mistake in it publishes the indexes.",
    fix: "Add vpc_options with private subnets; it needs a new domain.",
    controls: [],
    examples: examplesOf(
      "aws_opensearch_domain",
      domain(""),
      domain('vpc_options {\n  subnet_ids = ["subnet-0abc"]\n}'),
      "search",
    ),
  },
  {
    id: "aws-search-audit-log-off",
    severity: "low",
    category: "logging",
    title: "What is asked of the search domain is not logged",
    resourceTypes: domainTypes,
    failsWhen: not(
      some("log_publishing_options", all(equals("log_type", "AUDIT_LOGS"), not(equals("enabled", false)))),
    ),
    why: "After an incident nobody can tell who read what.",
    fix: 'Add log_publishing_options with log_type = "AUDIT_LOGS" and a log group.',
    controls: [],
    examples: examplesOf(
      "aws_opensearch_domain",
      domain(""),
      domain(
        'log_publishing_options {\n  log_type                 = "AUDIT_LOGS"\n  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"\n}',
      ),
      "search",
    ),
  },
  {
    id: "aws-search-serverless-public",
    severity: "medium",
    category: "exposure",
    title: "The search collection can be reached from the internet",
    resourceTypes: ["aws_opensearchserverless_security_policy"],
    failsWhen: all(
      someEntry(
        "policy",
        (entry) => entry["AllowFromPublic"] === true || stringAt(entry, "AllowFromPublic") === "true",
      ),
      equals("type", "network"),
    ),
    why: "Only access policies keep strangers out; one stolen key is enough from anywhere.",
    fix: "Set AllowFromPublic to false and name the endpoints in SourceVPCEs.",
    controls: [],
    examples: examplesOf("aws_opensearchserverless_security_policy", network(true), network(false), "search"),
  },
  {
    id: "aws-msk-not-logged",
    severity: "low",
    category: "logging",
    title: "The Kafka cluster's machines log nowhere",
    resourceTypes: ["aws_msk_cluster"],
    failsWhen: not(
      any(...["cloudwatch_logs", "firehose", "s3"].map((place) => isTrue(`logging_info.broker_logs.${place}.enabled`))),
    ),
    why: "After an incident nobody can tell who connected and what failed.",
    fix: "Add logging_info with a log group, bucket or delivery stream.",
    controls: [],
    examples: examplesOf(
      "aws_msk_cluster",
      kafka(""),
      kafka(
        'logging_info {\n  broker_logs {\n    cloudwatch_logs {\n      enabled   = true\n      log_group = "/kafka"\n    }\n  }\n}',
      ),
      "events",
    ),
  },
  {
    id: "aws-msk-connector-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The connector talks to its Kafka cluster without TLS",
    resourceTypes: ["aws_mskconnect_connector"],
    failsWhen: not(equals("kafka_cluster_encryption_in_transit.encryption_type", "TLS")),
    why: "Whoever can listen on the network reads every event.",
    fix: 'Set encryption_type = "TLS".',
    controls: [],
    examples: examplesOf("aws_mskconnect_connector", connector("PLAINTEXT", "IAM"), connector("TLS", "IAM")),
  },
  {
    id: "aws-firehose-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "Records wait in the delivery stream unencrypted",
    resourceTypes: ["aws_kinesis_firehose_delivery_stream"],
    // With a stream as its source the stream is what holds the records.
    failsWhen: all(
      not(isTrue("server_side_encryption.enabled")),
      not(present("kinesis_source_configuration")),
      not(present("msk_source_configuration")),
    ),
    why: "Whoever gets at the buffer reads all that goes through.",
    fix: "Add server_side_encryption { enabled = true }.",
    controls: [],
    examples: examplesOf(
      "aws_kinesis_firehose_delivery_stream",
      'name = "orders"\ndestination = "extended_s3"',
      'name = "orders"\ndestination = "extended_s3"\nserver_side_encryption {\n  enabled = true\n}',
    ),
  },
  {
    id: "aws-mq-not-logged",
    severity: "low",
    category: "logging",
    title: "The message broker logs nowhere",
    resourceTypes: ["aws_mq_broker"],
    failsWhen: not(any(isTrue("logs.general"), isTrue("logs.audit"))),
    why: "After an incident nobody can tell who connected and what failed.",
    fix: "Add logs with general = true, and audit = true with ActiveMQ.",
    controls: [],
    examples: examplesOf(
      "aws_mq_broker",
      'broker_name = "orders"\nengine_type = "RabbitMQ"',
      'broker_name = "orders"\nengine_type = "RabbitMQ"\nlogs {\n  general = true\n}',
    ),
  },
  {
    id: "aws-ses-plain-text",
    severity: "low",
    category: "encryption",
    title: "Mail is sent without TLS where the receiver offers none",
    resourceTypes: ["aws_ses_configuration_set", "aws_sesv2_configuration_set"],
    failsWhen: not(oneOf("delivery_options.tls_policy", ["Require", "REQUIRE"])),
    why: "Whoever sits on the way can suppress the offer and read the mail.",
    fix: "Set delivery_options with a tls_policy that requires TLS.",
    controls: [],
    examples: examplesOf(
      "aws_ses_configuration_set",
      'name = "bills"',
      'name = "bills"\ndelivery_options {\n  tls_policy = "Require"\n}',
      "bills",
    ),
  },
];
