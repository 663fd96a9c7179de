import { X509Certificate } from "node:crypto";
import type { Rule } from "../../rule.ts";
import { all, anything, equals, holds, lacks, not, oneOf, present } from "../../vocabulary/condition.ts";

const certificate = (more: string) => `resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.org"
  validation_method = "DNS"
${more}
}`;

const zone = `resource "aws_route53_zone" "shop" {
  name = "shop.example.org"
}`;

const signing = `
resource "aws_route53_hosted_zone_dnssec" "shop" {
  hosted_zone_id = aws_route53_zone.shop.id
}`;

const queryLog = `
resource "aws_route53_query_log" "shop" {
  zone_id                  = aws_route53_zone.shop.zone_id
  cloudwatch_log_group_arn = "arn:aws:logs:us-east-1:111122223333:log-group:dns"
}`;

/** Certificates of shop.example.org whose keys were thrown away. */
const untilYear2021 =
  "MIIBHjCBxAIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBzaG9wLmV4YW1wbGUub3JnMB4XDTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHZwpGEry+6YbJ4FmHDfVl+ZfP6/Nhb4LaHyxij01nep/9l3f9ecj5dyL66DSDsxPZkLxLm9+GbHWqPFT+xsHDkwCgYIKoZIzj0EAwIDSQAwRgIhAK8x00Fs5LA7lnOwWiVeivUyEBjtD5TCov23+uBTHRtpAiEApW8G3L59UC/MtfuvlontA2WIT8Oy+J2ZOZyCeSvm3y8=";
const untilYear2120 =
  "MIIBHjCBxgIBAjAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBzaG9wLmV4YW1wbGUub3JnMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAbMRkwFwYDVQQDDBBzaG9wLmV4YW1wbGUub3JnMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdnCkYSvL7phsngWYcN9WX5l8/r82FvgtofLGKPTWd6n/2Xd/15yPl3IvroNIOzE9mQvEub34Zsdao8VP7GwcOTAKBggqhkjOPQQDAgNHADBEAiAGppt3bytBTgXhScWry2ek1iGRqlAJ/apF1Gl6qOG92AIgYJdIftAsDlXih8UQuHAGMz07clp1xXlJKmSiGzLIJ3s=";

const serverCertificate = (body: string) => `resource "aws_iam_server_certificate" "shop" {
  name             = "shop"
  certificate_body = "-----BEGIN CERTIFICATE-----\\n${body}\\n-----END CERTIFICATE-----\\n"
}`;

/** A zone of a network is not on the internet. */
const isPublicZone = not(present("vpc"));

export const awsNameRules: Rule[] = [
  {
    id: "aws-acm-weak-key",
    severity: "high",
    category: "encryption",
    title: "The certificate's key is too short",
    resourceTypes: ["aws_acm_certificate"],
    failsWhen: oneOf("key_algorithm", ["RSA_1024"]),
    why: "RSA keys of 1024 bits can be broken.",
    fix: 'Use key_algorithm = "RSA_2048" or "EC_prime256v1".',
    controls: [],
    examples: { bad: certificate('  key_algorithm = "RSA_1024"'), good: certificate('  key_algorithm = "RSA_2048"') },
  },
  {
    id: "aws-acm-not-in-public-log",
    severity: "low",
    category: "encryption",
    title: "The certificate is kept out of the public logs",
    resourceTypes: ["aws_acm_certificate"],
    failsWhen: equals("options.certificate_transparency_logging_preference", "DISABLED"),
    why: "Browsers reject it, and a certificate that somebody got by fraud is not noticed.",
    fix: "Remove certificate_transparency_logging_preference.",
    controls: [],
    examples: {
      bad: certificate('  options {\n    certificate_transparency_logging_preference = "DISABLED"\n  }'),
      good: certificate('  options {\n    certificate_transparency_logging_preference = "ENABLED"\n  }'),
    },
  },
  {
    id: "aws-iam-server-certificate",
    severity: "low",
    category: "maintenance",
    title: "The certificate is kept in IAM",
    resourceTypes: ["aws_iam_server_certificate"],
    failsWhen: anything,
    why: "Nobody renews it by itself, and its private key lies in the state.",
    fix: "Use an aws_acm_certificate.",
    controls: ["CIS AWS 5.0 1.18"],
    examples: {
      bad: `resource "aws_iam_server_certificate" "shop" {
  name = "shop"
}`,
      good: certificate(""),
    },
  },
  {
    id: "aws-iam-server-certificate-expired",
    severity: "medium",
    category: "maintenance",
    title: "The certificate has expired",
    resourceTypes: ["aws_iam_server_certificate"],
    failsWhen: holds("certificate_body", "text", (value) => typeof value === "string" && hasExpired(value)),
    why: "Clients reject it, or are told to ignore such faults.",
    fix: "Replace it, best by an aws_acm_certificate, which is renewed by itself.",
    controls: ["CIS AWS 5.0 1.18"],
    examples: { bad: serverCertificate(untilYear2021), good: serverCertificate(untilYear2120) },
  },
  {
    id: "aws-route53-queries-not-logged",
    severity: "low",
    category: "logging",
    title: "Queries to the public zone are not logged",
    resourceTypes: ["aws_route53_zone"],
    failsWhen: all(lacks("aws_route53_query_log", { from: "zone_id", to: ["zone_id", "id"] }), isPublicZone),
    why: "Nobody can tell who looked for which names, which is how attacks begin.",
    fix: "Add an aws_route53_query_log.",
    controls: [],
    examples: { bad: `${zone}${signing}`, good: `${zone}${signing}${queryLog}` },
  },
  {
    id: "aws-route53-not-signed",
    severity: "low",
    category: "exposure",
    title: "Answers of the public zone are not signed",
    resourceTypes: ["aws_route53_zone"],
    failsWhen: all(
      lacks("aws_route53_hosted_zone_dnssec", { from: "hosted_zone_id", to: ["zone_id", "id"] }),
      isPublicZone,
    ),
    why: "Somebody on the way can send visitors elsewhere.",
    fix: "Add an aws_route53_key_signing_key and an aws_route53_hosted_zone_dnssec.",
    controls: [],
    examples: { bad: `${zone}${queryLog}`, good: `${zone}${queryLog}${signing}` },
  },
  {
    id: "aws-route53-transfer-unlocked",
    severity: "medium",
    category: "access",
    title: "The domain can be moved to another registrar",
    resourceTypes: ["aws_route53domains_registered_domain"],
    failsWhen: equals("transfer_lock", false),
    why: "Whoever gets at the account for a moment takes the domain with them.",
    fix: "Remove transfer_lock = false.",
    controls: [],
    examples: {
      bad: `resource "aws_route53domains_registered_domain" "shop" {
  domain_name   = "example.org"
  transfer_lock = false
}`,
      good: `resource "aws_route53domains_registered_domain" "shop" {
  domain_name   = "example.org"
  transfer_lock = true
}`,
    },
  },
];

/** Unreadable text is the provider's to reject. */
function hasExpired(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).validToDate.getTime() < Date.now();
  } catch {
    return false;
  }
}
