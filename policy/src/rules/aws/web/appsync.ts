import type { Rule } from "../../../rule.ts";
import { any, equals, isTrue, not, present } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

export const awsAppsyncRules: Rule[] = [
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
