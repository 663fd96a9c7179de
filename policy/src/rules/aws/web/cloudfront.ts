import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present, some } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { oldTls } from "../../../vocabulary/tls.ts";
import { examplesOf } from "../example.ts";

interface Variation {
  viewers?: string;
  version?: string;
  origin?: string;
  originTls?: string;
  logging?: string;
  more?: string;
}

const distribution = ({
  viewers = "redirect-to-https",
  version = "TLSv1.2_2021",
  origin = "https-only",
  originTls = "TLSv1.2",
  logging = '  logging_config {\n    bucket = "logs.s3.amazonaws.com"\n  }',
  more = '  web_acl_id = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/abc"',
}: Variation = {}) => `resource "aws_cloudfront_distribution" "shop" {
  enabled = true
${more}
${logging}
  origin {
    origin_id   = "shop"
    domain_name = "origin.example.org"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "${origin}"
      origin_ssl_protocols   = ["${originTls}"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "shop"
    viewer_protocol_policy = "${viewers}"
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/abc"
    minimum_protocol_version = "${version}"
  }
}`;

const good = distribution();

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

export const awsCloudfrontRules: Rule[] = [
  {
    id: "aws-cloudfront-plain-text",
    severity: "high",
    category: "encryption",
    title: "The distribution serves plain HTTP",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: any(
      equals("default_cache_behavior.viewer_protocol_policy", "allow-all"),
      some("ordered_cache_behavior", equals("viewer_protocol_policy", "allow-all"), ["path_pattern"]),
    ),
    why: "What visitors send and get, their sessions too, can be read and changed on the way.",
    fix: 'Set viewer_protocol_policy = "redirect-to-https" or "https-only".',
    controls: [],
    examples: { bad: distribution({ viewers: "allow-all" }), good },
  },
  {
    id: "aws-cloudfront-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The distribution takes TLS older than 1.2",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: all(
      oldTls("viewer_certificate.minimum_protocol_version"),
      not(isTrue("viewer_certificate.cloudfront_default_certificate")),
    ),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: 'Set minimum_protocol_version = "TLSv1.2_2021".',
    controls: [],
    examples: { bad: distribution({ version: "TLSv1.1_2016" }), good },
  },
  {
    id: "aws-cloudfront-origin-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The distribution talks to its origin without TLS",
    resourceTypes: ["aws_cloudfront_distribution"],
    // The website address of a bucket knows no TLS.
    failsWhen: some(
      "origin",
      all(
        oneOf("custom_origin_config.origin_protocol_policy", ["http-only", "match-viewer"]),
        not(matches("domain_name", /\.s3-website[.-]/)),
      ),
      ["origin_id"],
    ),
    why: "Behind a locked door the data goes on in clear.",
    fix: 'Set origin_protocol_policy = "https-only".',
    controls: [],
    repair: "none",
    examples: { bad: distribution({ origin: "http-only" }), good },
  },
  {
    id: "aws-cloudfront-origin-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The distribution talks to its origin with TLS older than 1.2",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: some("origin", oldTls("custom_origin_config.origin_ssl_protocols"), ["origin_id"]),
    why: "The old versions have known faults.",
    fix: 'Set origin_ssl_protocols = ["TLSv1.2"].',
    controls: [],
    examples: { bad: distribution({ originTls: "TLSv1" }), good },
  },
  {
    id: "aws-cloudfront-logging-off",
    severity: "medium",
    category: "logging",
    title: "The distribution's requests are not logged",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: not(present("logging_config")),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add logging_config with a bucket.",
    controls: ["CIS AWS 7.0 4.10"],
    examples: { bad: distribution({ logging: "" }), good },
  },
  {
    id: "aws-cloudfront-no-firewall",
    severity: "low",
    category: "exposure",
    title: "No web firewall stands before the distribution",
    resourceTypes: ["aws_cloudfront_distribution"],
    failsWhen: not(present("web_acl_id")),
    why: "Known attacks and floods of requests reach the application.",
    fix: "Set web_acl_id to an aws_wafv2_web_acl.",
    controls: [],
    examples: { bad: distribution({ more: "" }), good },
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
];
