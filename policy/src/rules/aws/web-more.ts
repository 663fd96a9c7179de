import type { Rule } from "../../rule.ts";
import {
  all,
  any,
  equals,
  isTrue,
  lacks,
  matches,
  not,
  oneOf,
  present,
  refersTo,
  some,
} from "../../vocabulary/condition.ts";
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

const settings = (traced: boolean) => `rest_api_id = "abc"
stage_name = "live"
method_path = "*/*"
settings {
  data_trace_enabled = ${traced}
}`;

const route = (authorization: string) => `resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_route" "orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  route_key          = "POST /orders"
  authorization_type = "${authorization}"
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
    id: "aws-api-gateway-route-open",
    severity: "medium",
    category: "access",
    title: "The gateway's route takes calls from anybody",
    resourceTypes: ["aws_apigatewayv2_route"],
    failsWhen: all(
      any(equals("authorization_type", "NONE"), not(present("authorization_type"))),
      not(matches("route_key", /^(?:OPTIONS\b|\$(?:connect|disconnect))/)),
      // With a web socket the connection is what asks.
      refersTo("aws_apigatewayv2_api", { from: "api_id", to: ["id"] }, equals("protocol_type", "HTTP")),
    ),
    why: "What stands behind it has to check every caller itself, and is forgotten to.",
    fix: 'Set authorization_type = "JWT", "AWS_IAM" or "CUSTOM" with an authorizer.',
    controls: [],
    examples: { bad: route("NONE"), good: route("AWS_IAM") },
  },
  {
    id: "aws-api-gateway-logs-bodies",
    severity: "medium",
    category: "exposure",
    title: "The gateway writes whole requests and answers to its log",
    resourceTypes: ["aws_api_gateway_method_settings"],
    failsWhen: isTrue("settings.data_trace_enabled"),
    why: "Passwords, tokens and personal data then lie in a log that many may read.",
    fix: "Remove data_trace_enabled = true; use access_log_settings with the fields that are needed.",
    controls: [],
    examples: examplesOf("aws_api_gateway_method_settings", settings(true), settings(false), "all"),
  },
  {
    id: "aws-api-gateway-backend-plain-text",
    severity: "medium",
    category: "encryption",
    title: "The gateway talks to what stands behind it without TLS",
    resourceTypes: ["aws_api_gateway_integration"],
    failsWhen: all(matches("uri", /^http:\/\//i), not(equals("connection_type", "VPC_LINK"))),
    why: "What callers send over TLS goes over the internet in clear from there on.",
    fix: "Use an https address, or a VPC link into your own network.",
    controls: [],
    examples: examplesOf(
      "aws_api_gateway_integration",
      'rest_api_id = "abc"\nresource_id = "def"\nhttp_method = "GET"\ntype = "HTTP_PROXY"\nuri = "http://orders.example.org"',
      'rest_api_id = "abc"\nresource_id = "def"\nhttp_method = "GET"\ntype = "HTTP_PROXY"\nuri = "https://orders.example.org"',
    ),
  },
  {
    id: "aws-api-gateway-backend-unchecked",
    severity: "medium",
    category: "encryption",
    title: "The gateway does not check whom it talks to",
    resourceTypes: ["aws_api_gateway_integration"],
    failsWhen: isTrue("tls_config.insecure_skip_verification"),
    why: "Whoever gets between the two can show any certificate.",
    fix: "Remove insecure_skip_verification = true and give the server a certificate of a known authority.",
    controls: [],
    examples: examplesOf(
      "aws_api_gateway_integration",
      'rest_api_id = "abc"\nresource_id = "def"\nhttp_method = "GET"\ntype = "HTTP_PROXY"\nuri = "https://orders.example.org"\ntls_config {\n  insecure_skip_verification = true\n}',
      'rest_api_id = "abc"\nresource_id = "def"\nhttp_method = "GET"\ntype = "HTTP_PROXY"\nuri = "https://orders.example.org"',
    ),
  },
  {
    id: "aws-appsync-key-only",
    severity: "medium",
    category: "access",
    title: "The API asks for a key that every client holds",
    resourceTypes: ["aws_appsync_graphql_api"],
    failsWhen: equals("authentication_type", "API_KEY"),
    why: "The key stands in every page and app; whoever reads it can ask and change what all others can.",
    fix: "Use AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_IAM or AWS_LAMBDA; leave the key to what is public anyway.",
    controls: [],
    examples: examplesOf(
      "aws_appsync_graphql_api",
      'name = "shop"\nauthentication_type = "API_KEY"\nlog_config {\n  cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/logs"\n  field_log_level = "ERROR"\n}',
      'name = "shop"\nauthentication_type = "AWS_IAM"\nlog_config {\n  cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/logs"\n  field_log_level = "ERROR"\n}',
    ),
  },
  {
    id: "aws-appsync-not-logged",
    severity: "low",
    category: "logging",
    title: "The API's requests are not logged",
    resourceTypes: ["aws_appsync_graphql_api"],
    failsWhen: not(present("log_config")),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add log_config with a role.",
    controls: [],
    examples: examplesOf(
      "aws_appsync_graphql_api",
      'name = "shop"\nauthentication_type = "AWS_IAM"',
      'name = "shop"\nauthentication_type = "AWS_IAM"\nlog_config {\n  cloudwatch_logs_role_arn = "arn:aws:iam::111122223333:role/logs"\n  field_log_level = "ERROR"\n}',
    ),
  },
  {
    id: "aws-appsync-cache-not-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The API's cache is not encrypted",
    resourceTypes: ["aws_appsync_api_cache"],
    failsWhen: any(not(isTrue("at_rest_encryption_enabled")), not(isTrue("transit_encryption_enabled"))),
    why: "Answers with personal data lie and travel in clear.",
    fix: "Set at_rest_encryption_enabled and transit_encryption_enabled to true; it needs a new cache.",
    controls: [],
    examples: examplesOf(
      "aws_appsync_api_cache",
      'api_id = "abc"\ntype = "SMALL"\nttl = 60\napi_caching_behavior = "FULL_REQUEST_CACHING"',
      'api_id = "abc"\ntype = "SMALL"\nttl = 60\napi_caching_behavior = "FULL_REQUEST_CACHING"\nat_rest_encryption_enabled = true\ntransit_encryption_enabled = true',
    ),
  },
  {
    id: "aws-accelerator-not-logged",
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
