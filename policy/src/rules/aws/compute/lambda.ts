import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, matches, not, oneOf, present } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const permission = (principal: string, more: string) => `resource "aws_lambda_permission" "orders" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "${principal}"
${more}
}`;

/** Runtimes that get no security fixes any more. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const endedRuntimes =
  /^(?:nodejs(?:|4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x)|python(?:2\.7|3\.6|3\.7|3\.8)|dotnetcore\d\.\d|dotnet(?:5\.0|6|7)|ruby2\.[57]|java8|go1\.x|provided)$/;

export const awsLambdaRules: Rule[] = [
  {
    id: "aws-lambda-layer-public",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account may use the layer",
    resourceTypes: ["aws_lambda_layer_version_permission"],
    failsWhen: all(equals("principal", "*"), not(present("organization_id"))),
    why: "Code, and what was packed with it by mistake, is published.",
    fix: "Name the account in principal, or set organization_id.",
    controls: [],
    examples: examplesOf(
      "aws_lambda_layer_version_permission",
      'layer_name = "tools"\nversion_number = 1\nstatement_id = "use"\naction = "lambda:GetLayerVersion"\nprincipal = "*"',
      'layer_name = "tools"\nversion_number = 1\nstatement_id = "use"\naction = "lambda:GetLayerVersion"\nprincipal = "111122223333"',
    ),
  },
  {
    id: "aws-lambda-unsigned-code",
    severity: "medium",
    category: "access",
    title: "Unsigned code is only warned about",
    resourceTypes: ["aws_lambda_code_signing_config"],
    failsWhen: not(equals("policies.untrusted_artifact_on_deployment", "Enforce")),
    why: "The signature is checked and the code runs all the same.",
    fix: 'Set untrusted_artifact_on_deployment = "Enforce".',
    controls: [],
    repair: "none",
    examples: examplesOf(
      "aws_lambda_code_signing_config",
      'policies {\n  untrusted_artifact_on_deployment = "Warn"\n}',
      'policies {\n  untrusted_artifact_on_deployment = "Enforce"\n}',
    ),
  },
  {
    id: "aws-lambda-permission-public",
    severity: "high",
    category: "exposure",
    title: "Everybody may call the function",
    resourceTypes: ["aws_lambda_permission"],
    failsWhen: all(
      equals("principal", "*"),
      not(present("source_arn")),
      not(present("source_account")),
      not(present("principal_org_id")),
      // A function's own address is judged there.
      not(present("function_url_auth_type")),
    ),
    why: "Any AWS account can run the function with the rights of its role.",
    fix: "Name the account or service, or set source_arn, source_account or principal_org_id.",
    controls: ["CIS AWS 7.0 2.21"],
    examples: { bad: permission("*", ""), good: permission("*", '  principal_org_id = "o-abc"') },
  },
  {
    id: "aws-lambda-permission-any-source",
    severity: "medium",
    category: "access",
    title: "The service may call the function for anybody",
    resourceTypes: ["aws_lambda_permission"],
    failsWhen: all(
      oneOf("principal", [
        "s3.amazonaws.com",
        "sns.amazonaws.com",
        "events.amazonaws.com",
        "apigateway.amazonaws.com",
        "logs.amazonaws.com",
        "ses.amazonaws.com",
        "iot.amazonaws.com",
      ]),
      not(present("source_arn")),
      not(present("source_account")),
    ),
    why: "Somebody else's bucket, topic or gateway can make the service call this function.",
    fix: "Set source_arn to the resource that may call it.",
    controls: [],
    examples: {
      bad: permission("s3.amazonaws.com", ""),
      good: permission("s3.amazonaws.com", '  source_arn = "arn:aws:s3:::invoices"'),
    },
  },
  {
    id: "aws-lambda-url-open",
    severity: "high",
    category: "exposure",
    title: "The function's address takes calls from anybody",
    resourceTypes: ["aws_lambda_function_url"],
    failsWhen: equals("authorization_type", "NONE"),
    why: "Everybody on the internet can run the function; nothing limits how often.",
    fix: 'Set authorization_type = "AWS_IAM", or put a gateway with authorization in front.',
    controls: [],
    examples: {
      bad: `resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "NONE"
}`,
      good: `resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
}`,
    },
  },
  {
    id: "aws-lambda-url-any-origin",
    severity: "medium",
    category: "exposure",
    title: "Every web page may call the function with its visitors' credentials",
    resourceTypes: ["aws_lambda_function_url"],
    failsWhen: all(anyMatches("cors.allow_origins", /^\*$/), isTrue("cors.allow_credentials")),
    why: "A page that a user happens to visit can act in that user's name.",
    fix: "List the origins that need it.",
    controls: [],
    examples: {
      bad: `resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
  cors {
    allow_credentials = true
    allow_origins     = ["*"]
  }
}`,
      good: `resource "aws_lambda_function_url" "orders" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"
  cors {
    allow_credentials = true
    allow_origins     = ["https://shop.example.org"]
  }
}`,
    },
  },
  {
    id: "aws-lambda-runtime-ended",
    severity: "medium",
    category: "maintenance",
    title: "The function's runtime gets no security fixes any more",
    resourceTypes: ["aws_lambda_function"],
    failsWhen: matches("runtime", endedRuntimes),
    why: "Faults that become known stay open, and one day the function can no longer be changed.",
    fix: "Move to a runtime that is maintained.",
    controls: [],
    examples: {
      bad: `resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.7"
}`,
      good: `resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
}`,
    },
  },
];
