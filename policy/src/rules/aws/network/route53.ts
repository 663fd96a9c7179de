import type { Rule } from "../../../rule.ts";
import { all, any, equals, lacks, not, present } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

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

/** A zone of a network is not on the internet. */
const isPublicZone = not(present("vpc"));

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

export const awsRoute53Rules: Rule[] = [
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
    id: "aws-route53-firewall-fails-open",
    severity: "low",
    category: "exposure",
    title: "Names are resolved unchecked when the DNS firewall fails",
    resourceTypes: ["aws_route53_resolver_firewall_config"],
    failsWhen: equals("firewall_fail_open", "ENABLED"),
    why: "Data can be carried out by names while the firewall does not answer, and an attacker can bring that about.",
    fix: 'Set firewall_fail_open = "DISABLED".',
    controls: [],
    examples: examplesOf(
      "aws_route53_resolver_firewall_config",
      'resource_id = "vpc-0abc"\nfirewall_fail_open = "ENABLED"',
      'resource_id = "vpc-0abc"\nfirewall_fail_open = "DISABLED"',
    ),
  },
];
