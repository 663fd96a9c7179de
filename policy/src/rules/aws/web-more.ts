import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, lacks, matches, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Connection } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { exampleOf, examplesOf } from "./example.ts";

const balancer = (logs: string) =>
  exampleOf(
    "aws_elb",
    `internal = true
listener {
  instance_port     = 8080
  instance_protocol = "tcp"
  lb_port           = 8080
  lb_protocol       = "tcp"
}${logs}`,
    "shop",
  );

const bucketOrigin = (more: string) => `enabled = true
web_acl_id = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/abc"
origin {
  origin_id   = "site"
  domain_name = "site.s3.eu-west-1.amazonaws.com"
${more}}
logging_config {
  bucket = "logs.s3.amazonaws.com"
}
default_cache_behavior {
  target_origin_id       = "site"
  viewer_protocol_policy = "redirect-to-https"
}`;

const headers = (origin: string) => `name = "shop"
cors_config {
  access_control_allow_credentials = true
  origin_override                  = true
  access_control_allow_headers {
    items = ["content-type"]
  }
  access_control_allow_methods {
    items = ["GET"]
  }
  access_control_allow_origins {
    items = ["${origin}"]
  }
}`;

const publicBalancer = `resource "aws_lb" "shop" {
  name                       = "shop"
  internal                   = false
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}
`;

const mutual = (
  ignored: boolean,
) => `load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0abc"
port = 443
protocol = "HTTPS"
ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/abc"
mutual_authentication {
  mode                             = "verify"
  trust_store_arn                  = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop/0abc"
  ignore_client_certificate_expiry = ${ignored}
}
default_action {
  type = "forward"
}`;

const negotiation = (version: string) => `name = "shop"
load_balancer = "shop"
lb_port = 443
attribute {
  name  = "${version}"
  value = "true"
}`;

const ofBalancer: Connection = { from: "resource_arn", to: ["arn", "id"] };

export const awsWebMoreRules: Rule[] = [
  {
    id: "aws-elb-access-logs-off",
    severity: "medium",
    category: "logging",
    title: "The classic load balancer's requests are not logged",
    resourceTypes: ["aws_elb"],
    failsWhen: any(not(present("access_logs")), equals("access_logs.enabled", false)),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add access_logs with a bucket.",
    controls: ["CIS AWS 7.0 4.10"],
    examples: { bad: balancer(""), good: balancer('\naccess_logs {\n  bucket = "logs"\n}') },
  },
  {
    id: "aws-elb-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The classic load balancer takes TLS older than 1.2",
    resourceTypes: ["aws_lb_ssl_negotiation_policy"],
    failsWhen: some(
      "attribute",
      all(matches("name", /^Protocol-(?:SSLv[23]|TLSv1(?:\.1)?)$/), equals("value", "true")),
      ["name"],
    ),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: "Switch on Protocol-TLSv1.2 only, or use an application load balancer.",
    controls: [],
    examples: examplesOf(
      "aws_lb_ssl_negotiation_policy",
      negotiation("Protocol-TLSv1"),
      negotiation("Protocol-TLSv1.2"),
      "shop",
    ),
  },
  {
    id: "aws-lb-expired-client-certificates",
    severity: "medium",
    category: "access",
    title: "The listener takes clients whose certificate has expired",
    resourceTypes: ["aws_lb_listener", "aws_alb_listener"],
    failsWhen: isTrue("mutual_authentication.ignore_client_certificate_expiry"),
    why: "A certificate that was given away once opens the door for ever.",
    fix: "Remove ignore_client_certificate_expiry = true.",
    controls: [],
    examples: examplesOf("aws_lb_listener", mutual(true), mutual(false), "shop"),
  },
  {
    id: "aws-lb-no-firewall",
    severity: "low",
    category: "exposure",
    title: "No web firewall stands before the public load balancer",
    resourceTypes: ["aws_lb", "aws_alb"],
    failsWhen: all(
      not(isTrue("internal")),
      not(oneOf("load_balancer_type", ["network", "gateway"])),
      lacks("aws_wafv2_web_acl_association", ofBalancer),
    ),
    why: "Known attacks and floods of requests reach the application.",
    fix: "Add an aws_wafv2_web_acl_association, or let only a content delivery network with a firewall reach it.",
    controls: [],
    examples: {
      bad: publicBalancer,
      good: `${publicBalancer}resource "aws_wafv2_web_acl_association" "shop" {
  resource_arn = aws_lb.shop.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/abc"
}`,
    },
  },
  {
    id: "aws-cloudfront-bucket-without-identity",
    severity: "medium",
    category: "exposure",
    title: "The distribution reads its bucket as anybody would",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: some(
      "origin",
      all(
        not(present("origin_access_control_id")),
        not(present("s3_origin_config.origin_access_identity")),
        not(present("custom_origin_config")),
        matches("domain_name", /\.s3[.-](?:[\w-]+\.)*amazonaws\.com(?:\.cn)?$/),
      ),
      ["origin_id"],
    ),
    why: "The bucket has to be public for it, so everybody can go round the distribution, its logs and its firewall.",
    fix: "Set origin_access_control_id to an aws_cloudfront_origin_access_control, and allow the distribution only in the bucket's policy.",
    controls: [],
    examples: examplesOf(
      "aws_cloudfront_distribution",
      bucketOrigin(""),
      bucketOrigin('  origin_access_control_id = "E0ABC"\n'),
      "site",
    ),
  },
  {
    id: "aws-cloudfront-any-origin",
    severity: "medium",
    category: "exposure",
    title: "Every web page may read answers with its visitors' credentials",
    resourceTypes: ["aws_cloudfront_response_headers_policy"],
    failsWhen: all(
      anyMatches("cors_config.access_control_allow_origins.items", /^\*$/),
      isTrue("cors_config.access_control_allow_credentials"),
    ),
    why: "A page that a user happens to visit can act in that user's name.",
    fix: "List the origins that need it.",
    controls: [],
    examples: examplesOf(
      "aws_cloudfront_response_headers_policy",
      headers("*"),
      headers("https://shop.example.org"),
      "shop",
    ),
  },
  {
    id: "aws-globalaccelerator-not-logged",
    severity: "low",
    category: "logging",
    title: "The accelerator's traffic is not logged",
    resourceTypes: ["aws_globalaccelerator_accelerator"],
    failsWhen: not(isTrue("attributes.flow_logs_enabled")),
    why: "After an incident nobody can tell who connected.",
    fix: "Add attributes with flow_logs_enabled = true and a bucket.",
    controls: [],
    examples: examplesOf(
      "aws_globalaccelerator_accelerator",
      'name = "shop"',
      'name = "shop"\nattributes {\n  flow_logs_enabled   = true\n  flow_logs_s3_bucket = "logs"\n  flow_logs_s3_prefix = "flow/"\n}',
    ),
  },
];
