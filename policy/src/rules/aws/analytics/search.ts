import { isObject, type Json, type JsonObject, stringAt } from "../../../resources/json.ts";
import type { Rule } from "../../../rule.ts";
import {
  all,
  any,
  type Condition,
  equals,
  holds,
  isTrue,
  not,
  present,
  refersTo,
  some,
} from "../../../vocabulary/condition.ts";
import { letsEverybodyIn, statement } from "../../../vocabulary/policy-document.ts";
import { oldTls } from "../../../vocabulary/tls.ts";
import { examplesOf } from "../example.ts";

const encryptedDomain = (
  change: Partial<Record<"rest" | "nodes" | "https", boolean>> & { tls?: string },
) => `resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  encrypt_at_rest {
    enabled = ${change.rest ?? true}
  }
  node_to_node_encryption {
    enabled = ${change.nodes ?? true}
  }
  domain_endpoint_options {
    enforce_https       = ${change.https ?? true}
    tls_security_policy = "${change.tls ?? "Policy-Min-TLS-1-2-2019-07"}"
  }
}`;

const domainTypes = ["aws_opensearch_domain", "aws_elasticsearch_domain"];

const domain = (more: string) => `domain_name = "search"
encrypt_at_rest {
  enabled = true
}
domain_endpoint_options {
  enforce_https = true
}
${more}`;

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

export const awsSearchRules: Rule[] = [
  {
    id: "aws-search-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The search domain's data is not encrypted",
    resourceTypes: domainTypes,
    failsWhen: not(isTrue("encrypt_at_rest.enabled")),
    why: "Indexes and snapshots hold everything in clear.",
    fix: "Add encrypt_at_rest { enabled = true }.",
    controls: [],
    examples: { bad: encryptedDomain({ rest: false }), good: encryptedDomain({}) },
  },
  {
    id: "aws-search-nodes-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The search domain's machines talk to each other without TLS",
    resourceTypes: domainTypes,
    failsWhen: not(isTrue("node_to_node_encryption.enabled")),
    why: "Whoever can listen on the network reads the indexes.",
    fix: "Add node_to_node_encryption { enabled = true }.",
    controls: [],
    examples: { bad: encryptedDomain({ nodes: false }), good: encryptedDomain({}) },
  },
  {
    id: "aws-search-plain-text",
    severity: "high",
    category: "encryption",
    title: "The search domain takes requests without TLS",
    resourceTypes: domainTypes,
    // Inside the block the provider takes true; without the block the service takes both.
    failsWhen: any(equals("domain_endpoint_options.enforce_https", false), not(present("domain_endpoint_options"))),
    why: "Queries, results and passwords can be read on the way.",
    fix: "Set enforce_https = true.",
    controls: [],
    examples: { bad: encryptedDomain({ https: false }), good: encryptedDomain({}) },
  },
  {
    id: "aws-search-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The search domain takes TLS older than 1.2",
    resourceTypes: domainTypes,
    // Where none is named the service takes Policy-Min-TLS-1-0-2019-07.
    failsWhen: any(
      oldTls("domain_endpoint_options.tls_security_policy"),
      not(present("domain_endpoint_options.tls_security_policy")),
    ),
    why: "The old versions have known faults.",
    fix: 'Set tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10".',
    controls: [],
    examples: { bad: encryptedDomain({ tls: "Policy-Min-TLS-1-0-2019-07" }), good: encryptedDomain({}) },
  },
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
    repair: "none",
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
];
