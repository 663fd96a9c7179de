import { nameGap } from "../values/text-in-part.ts";
import { Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Origin } from "../evaluation.ts";

/** What the provider says of AWS's public regions; China's and the US government's have others. */
const publicPartition: Readonly<Record<string, string>> = {
  partition: "aws",
  id: "aws",
  dns_suffix: "amazonaws.com",
  reverse_dns_prefix: "com.amazonaws",
};

/** Resources and data sources that hand on what somebody else wrote, which may be anything. */
const handOn =
  /^(?:terraform_|null_|external|http|local_|template_|tls_|aws_ssm_parameter|aws_secretsmanager_|aws_ip_ranges|aws_s3_object|aws_s3_bucket_object|aws_lambda_invocation|azurerm_key_vault_secret|azurerm_app_configuration|google_secret_manager_|vault_)/;

/** Attributes of a data source that name one thing. */
const naming =
  /(?:^|_)(?:arns?|ids?|name|names|account|number|email|member|region|location|self_link|domain|url|issuer|fqdn|host|ip|cidr_blocks?|suffix|prefix)$/;

/**
 * The text of an attribute that the provider gives, as far as it is known: a name that is no pattern. Undefined where it may
 * be anything.
 */
export function providerGiven(kind: "data" | "resource", type: string, origin: Origin): Value {
  const { attribute } = origin;
  if (handOn.test(type) || (kind === "data" && !naming.test(attribute))) return new Unknown([origin]);
  return new Unknown([origin], undefined, /(?:^|_)arn$/.test(attribute) ? `arn:${nameGap}` : nameGap);
}

/** A value that is the same for nearly everybody; undefined where there is none. */
export function sameForAll(type: string, attribute: string): string | undefined {
  return type === "aws_partition" && Object.hasOwn(publicPartition, attribute) ? publicPartition[attribute] : undefined;
}
