import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, equals, holds, isTrue, matches, not, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { below } from "../../vocabulary/number.ts";
import { examplesOf } from "./example.ts";

const warehouse = (more: string) => `cluster_identifier = "reports"
node_type = "ra3.large"
encrypted = true
publicly_accessible = false
${more}`;

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

function isOn(value: Json | undefined): boolean {
  return value === true || value === "true";
}

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
    id: "aws-emr-not-encrypted",
    severity: "high",
    category: "encryption",
    title: "The Hadoop clusters' disks and files are not encrypted",
    resourceTypes: ["aws_emr_security_configuration"],
    failsWhen: encryption((configuration) => !isOn(configuration["EnableAtRestEncryption"])),
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
    failsWhen: encryption((configuration) => !isOn(configuration["EnableInTransitEncryption"])),
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
      'name = "reports"\nrelease_label = "emr-7.5.0"\nservice_role = "emr"\nsecurity_configuration = aws_emr_security_configuration.reports.name',
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
];
