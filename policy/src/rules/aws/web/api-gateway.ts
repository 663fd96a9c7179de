import type { Rule } from "../../../rule.ts";
import { all, any, equals, isTrue, matches, not, present, refersTo } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { oldTls } from "../../../vocabulary/tls.ts";
import { examplesOf } from "../example.ts";

const stage = (logs: string) => `resource "aws_apigatewayv2_stage" "live" {
  api_id = "abc"
  name   = "live"
${logs}
}`;

const method = (authorization: string) => `resource "aws_api_gateway_method" "orders" {
  rest_api_id   = "abc"
  resource_id   = "def"
  http_method   = "GET"
  authorization = "${authorization}"
}`;

const domain = (policy: string) => `resource "aws_api_gateway_domain_name" "shop" {
  domain_name     = "api.example.org"
  security_policy = "${policy}"
}`;

const cache = (encrypted: boolean) => `resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "abc"
  stage_name  = "live"
  method_path = "*/*"
  settings {
    caching_enabled      = true
    cache_data_encrypted = ${encrypted}
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

export const awsApiGatewayRules: Rule[] = [
  {
    id: "aws-api-gateway-access-logs-off",
    severity: "medium",
    category: "logging",
    title: "The gateway's requests are not logged",
    resourceTypes: ["aws_api_gateway_stage", "aws_apigatewayv2_stage"],
    failsWhen: not(present("access_log_settings")),
    why: "After an incident nobody can tell who asked for what.",
    fix: "Add access_log_settings with a log group.",
    controls: ["CIS AWS 7.0 4.10"],
    examples: {
      bad: stage(""),
      good: stage(`  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
    format          = "$context.requestId"
  }`),
    },
  },
  {
    id: "aws-api-gateway-method-open",
    severity: "medium",
    category: "access",
    title: "The gateway's method takes calls from anybody",
    resourceTypes: ["aws_api_gateway_method"],
    // A browser asks by OPTIONS before it has any credentials.
    failsWhen: all(
      equals("authorization", "NONE"),
      not(equals("http_method", "OPTIONS")),
      not(isTrue("api_key_required")),
    ),
    why: "What stands behind it has to check every caller itself, and is forgotten to.",
    fix: "Use an authorizer, AWS_IAM or COGNITO_USER_POOLS.",
    controls: [],
    repair: "none",
    examples: { bad: method("NONE"), good: method("AWS_IAM") },
  },
  {
    id: "aws-api-gateway-old-tls",
    severity: "medium",
    category: "encryption",
    title: "The gateway's domain takes TLS older than 1.2",
    resourceTypes: ["aws_api_gateway_domain_name"],
    failsWhen: oldTls("security_policy"),
    why: "The old versions have known faults, and standards for payment and health data forbid them.",
    fix: 'Set security_policy = "TLS_1_2".',
    controls: [],
    examples: { bad: domain("TLS_1_0"), good: domain("TLS_1_2") },
  },
  {
    id: "aws-api-gateway-cache-encrypted",
    severity: "medium",
    category: "encryption",
    title: "The gateway's cache is not encrypted",
    resourceTypes: ["aws_api_gateway_method_settings"],
    failsWhen: all(not(isTrue("settings.cache_data_encrypted")), isTrue("settings.caching_enabled")),
    why: "Answers with personal data lie in clear.",
    fix: "Set cache_data_encrypted = true.",
    controls: [],
    examples: { bad: cache(false), good: cache(true) },
  },
  {
    id: "aws-api-gateway-any-origin",
    severity: "medium",
    category: "exposure",
    title: "Every web page may call the gateway with its visitors' credentials",
    resourceTypes: ["aws_apigatewayv2_api"],
    failsWhen: all(
      anyMatches("cors_configuration.allow_origins", /^\*$/),
      isTrue("cors_configuration.allow_credentials"),
    ),
    why: "A page that a user happens to visit can act in that user's name.",
    fix: "List the origins that need it.",
    controls: [],
    examples: {
      bad: `resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_credentials = true
    allow_origins     = ["*"]
  }
}`,
      good: `resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_credentials = true
    allow_origins     = ["https://shop.example.org"]
  }
}`,
    },
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
];
