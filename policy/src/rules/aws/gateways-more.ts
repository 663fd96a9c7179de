import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, matches, not, present, refersTo } from "../../vocabulary/condition.ts";
import { examplesOf } from "./example.ts";

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

export const awsGatewayMoreRules: Rule[] = [
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
];
