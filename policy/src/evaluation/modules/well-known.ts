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

/** A resource or data source of which an attribute is asked; `written` reads one that its code sets, null where it does not. */
export interface Asked {
  kind: "data" | "resource";
  type: string;
  written: (name: string) => Value;
}

/** An attribute that the provider gives: unknown, and its text as far as it is known, a name that is no pattern. */
export function providerGiven({ kind, type, written }: Asked, origin: Origin): Value {
  const { attribute } = origin;
  if (type === "aws_iam_openid_connect_provider" && attribute === "arn") {
    const url = written("url");
    const issuer = typeof url === "string" ? url.replace(/^https:\/\//, "") : nameGap;
    return new Unknown([origin], undefined, `arn:aws:iam::${nameGap}:oidc-provider/${issuer}`);
  }
  // The engine's own: what it is given is what it hands on, also where a plan shows that as known only after apply.
  if (kind === "resource" && type === "terraform_data" && attribute === "output") return written("input");
  if (handOn.test(type) || (kind === "data" && !naming.test(attribute))) return new Unknown([origin]);
  return new Unknown([origin], undefined, /(?:^|_)arn$/.test(attribute) ? `arn:${nameGap}` : nameGap);
}

/** Names that AWS gives its own managed policies. */
const ofAws =
  /^(?:Amazon|AWS|CloudWatch|AdministratorAccess|IAMFullAccess|PowerUserAccess|ReadOnlyAccess|ViewOnlyAccess|SecurityAudit)/;

/** What a data source gives nearly everybody; undefined where that cannot be said. */
export function sameForAll({ type, written }: Asked, attribute: string): string | undefined {
  if (type === "aws_iam_policy" && attribute === "arn") {
    const name = written("name");
    return typeof name === "string" && ofAws.test(name) ? `arn:aws:iam::aws:policy/${name}` : undefined;
  }
  return type === "aws_partition" && Object.hasOwn(publicPartition, attribute) ? publicPartition[attribute] : undefined;
}
