import type { Rule } from "../../../rule.ts";
import { all, anything, equals, holds, not, oneOf } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";
import { X509Certificate } from "node:crypto";

const certificate = (more: string) => `resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.org"
  validation_method = "DNS"
${more}
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

/** Unreadable text is the provider's to reject. */
function hasExpired(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).validToDate.getTime() < Date.now();
  } catch {
    return false;
  }
}

export const awsCertificatesRules: Rule[] = [
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
    id: "aws-acm-validated-by-mail",
    severity: "low",
    category: "maintenance",
    title: "The certificate is renewed only when somebody answers a mail",
    resourceTypes: ["aws_acm_certificate"],
    failsWhen: equals("validation_method", "EMAIL"),
    why: "The mail is overlooked and the site is away; and whoever reads it can approve certificates.",
    fix: 'Set validation_method = "DNS".',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_acm_certificate",
      'domain_name = "shop.example.org"\nvalidation_method = "EMAIL"',
      'domain_name = "shop.example.org"\nvalidation_method = "DNS"',
    ),
  },
  {
    id: "aws-acmpca-no-revocation",
    severity: "medium",
    category: "encryption",
    title: "Certificates of the authority cannot be called back",
    resourceTypes: ["aws_acmpca_certificate_authority"],
    failsWhen: all(
      not(equals("revocation_configuration.crl_configuration.enabled", true)),
      not(equals("revocation_configuration.ocsp_configuration.enabled", true)),
      // Certificates that live for some days only need no calling back.
      not(equals("usage_mode", "SHORT_LIVED_CERTIFICATE")),
    ),
    why: "A stolen key is good until its certificate ends.",
    fix: "Add revocation_configuration with a list (crl_configuration) or answers (ocsp_configuration).",
    controls: [],
    examples: examplesOf(
      "aws_acmpca_certificate_authority",
      'type = "SUBORDINATE"',
      'type = "SUBORDINATE"\nrevocation_configuration {\n  ocsp_configuration {\n    enabled = true\n  }\n}',
    ),
  },
];
