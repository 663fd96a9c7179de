import type { Rule } from "../../rule.ts";
import { all, any, equals, not } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { examplesOf } from "./example.ts";

const domain = (more: string) => `domain_name = "example.org"
transfer_lock = true
${more}`;

const record = (name: string, target: string) => `zone_id = "Z0ABC"
name = "${name}"
type = "CNAME"
ttl = 300
records = ["${target}"]`;

const text = (value: string) => `zone_id = "Z0ABC"
name = "example.org"
type = "TXT"
ttl = 300
records = ["${value}"]`;

/** Names at hosts where anybody can take a name that somebody gave up. */
const claimable =
  /(?:\.s3(?:-website)?[.-][\w-]+\.amazonaws\.com|\.elasticbeanstalk\.com|\.azurewebsites\.net|\.cloudapp\.(?:net|azure\.com)|\.trafficmanager\.net|\.azureedge\.net|\.github\.io|\.herokuapp\.com|\.herokudns\.com|\.ghost\.io|\.surge\.sh|\.bitbucket\.io|\.netlify\.app|\.pantheonsite\.io|\.readthedocs\.io|\.zendesk\.com|\.myshopify\.com)\.?$/;

export const awsNameMoreRules: Rule[] = [
  {
    id: "aws-route53-record-claimable",
    severity: "low",
    category: "exposure",
    title: "The record points to a name that anybody could take",
    resourceTypes: ["aws_route53_record"],
    // Where it refers to a resource, both go together.
    failsWhen: all(anyMatches("records", claimable), equals("type", "CNAME")),
    why: "When the site behind it is given up and the record stays, a stranger takes the name and speaks in this domain's name.",
    fix: "Refer to the resource instead of writing its name, so that both are deleted together, and remove records whose target is gone.",
    controls: [],
    examples: examplesOf(
      "aws_route53_record",
      record("shop.example.org", "shop-prod.eu-west-1.elasticbeanstalk.com"),
      record("shop.example.org", "edge.example.net"),
    ),
  },
  {
    id: "aws-route53-mail-from-anybody",
    severity: "medium",
    category: "exposure",
    title: "The record lets everybody send mail in the domain's name",
    resourceTypes: ["aws_route53_record"],
    failsWhen: anyMatches("records", /v=spf1\b.*[\s"](?:\+|\?)?all\b/i),
    why: "Receivers take false bills and passwords' resets for genuine.",
    fix: 'End the SPF record in "-all" or "~all".',
    controls: [],
    examples: examplesOf(
      "aws_route53_record",
      text("v=spf1 include:amazonses.com +all"),
      text("v=spf1 include:amazonses.com -all"),
    ),
  },
  {
    id: "aws-route53-domain-not-renewed",
    severity: "medium",
    category: "availability",
    title: "The domain is not renewed by itself",
    resourceTypes: ["aws_route53domains_registered_domain"],
    failsWhen: equals("auto_renew", false),
    why: "A forgotten domain is bought by strangers, with all mail and logins that hang on it.",
    fix: "Remove auto_renew = false.",
    controls: [],
    examples: examplesOf(
      "aws_route53domains_registered_domain",
      domain("auto_renew = false"),
      domain("auto_renew = true"),
    ),
  },
  {
    id: "aws-route53-domain-owner-shown",
    severity: "low",
    category: "exposure",
    title: "Everybody can look up who holds the domain",
    resourceTypes: ["aws_route53domains_registered_domain"],
    failsWhen: any(equals("registrant_privacy", false), equals("admin_privacy", false), equals("tech_privacy", false)),
    why: "Names, mail addresses and telephone numbers of administrators are what an attack begins with.",
    fix: "Remove the settings, or set them to true.",
    controls: [],
    examples: examplesOf(
      "aws_route53domains_registered_domain",
      domain("registrant_privacy = false"),
      domain("registrant_privacy = true"),
    ),
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
