import { isObject, type Json, type JsonObject } from "../../../resources/json.ts";
import type { Rule } from "../../../rule.ts";
import { type Condition, holds, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

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

export const awsEmrRules: Rule[] = [
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
