import type { Rule } from "../../../rule.ts";
import { connected, equals, matches, not } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { allows, everyAction, isRestricted, onEverything, statement } from "../../../vocabulary/policy-document.ts";
import { examplesOf } from "../example.ts";

const endpointPolicy = (action: string) => `vpc_endpoint_id = "vpce-0abc"
policy = jsonencode({
  Statement = [{ Effect = "Allow", Principal = "*", Action = "${action}", Resource = "*" }]
})`;

export const awsEndpointsRules: Rule[] = [
  {
    id: "aws-endpoint-policy-everything",
    severity: "low",
    category: "access",
    title: "The endpoint's policy allows everything to everybody",
    resourceTypes: ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"],
    failsWhen: statement(
      "policy",
      (one) =>
        allows(one) && everyAction(one) && onEverything(one) && one.principals.aws.includes("*") && !isRestricted(one),
    ),
    why: "Data can be carried out to buckets and queues of strangers' accounts through it.",
    fix: "Restrict the policy to your own resources or organization (aws:ResourceOrgID, aws:PrincipalOrgID).",
    controls: [],
    examples: examplesOf("aws_vpc_endpoint_policy", endpointPolicy("*"), endpointPolicy("s3:GetObject")),
  },
  {
    id: "aws-endpoint-service-any-principal",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account may connect to the endpoint service",
    resourceTypes: ["aws_vpc_endpoint_service"],
    failsWhen: anyMatches("allowed_principals", /^\*$/),
    why: "Anybody can find the service and ask for, or get, a connection into the network behind it.",
    fix: "List the accounts or roles in allowed_principals.",
    controls: [],
    examples: examplesOf(
      "aws_vpc_endpoint_service",
      'acceptance_required = true\nallowed_principals = ["*"]',
      'acceptance_required = true\nallowed_principals = ["arn:aws:iam::111122223333:root"]',
    ),
  },
  {
    id: "aws-endpoint-service-open-to-any-principal",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account is allowed at an endpoint service",
    resourceTypes: ["aws_vpc_endpoint_service_allowed_principal"],
    failsWhen: equals("principal_arn", "*"),
    why: "Anybody can find the service and ask for, or get, a connection into the network behind it.",
    fix: "Name the account or role in principal_arn.",
    controls: [],
    examples: examplesOf(
      "aws_vpc_endpoint_service_allowed_principal",
      'vpc_endpoint_service_id = "vpce-svc-0abc"\nprincipal_arn = "*"',
      'vpc_endpoint_service_id = "vpce-svc-0abc"\nprincipal_arn = "arn:aws:iam::111122223333:root"',
    ),
  },
  {
    id: "aws-vpc-no-gateway-endpoint",
    severity: "low",
    category: "exposure",
    title: "The network has no endpoint for S3 or DynamoDB",
    resourceTypes: ["aws_vpc"],
    failsWhen: not(
      connected(
        "aws_vpc_endpoint",
        { from: "vpc_id", to: ["id"] },
        matches("service_name", /\.(?:s3|s3express|dynamodb)$/),
      ),
    ),
    why: "Traffic to storage leaves the network through a gateway to the internet, where no policy limits whose buckets it reaches.",
    fix: "Add an aws_vpc_endpoint of the type Gateway for s3, and one for dynamodb.",
    controls: ["CIS AWS 7.0 6.8"],
    examples: {
      bad: 'resource "aws_vpc" "shop" {\n  cidr_block = "10.20.0.0/16"\n}',
      good: `resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_vpc_endpoint" "storage" {
  vpc_id       = aws_vpc.shop.id
  service_name = "com.amazonaws.eu-west-1.s3"
}`,
    },
  },
  {
    id: "aws-endpoint-service-open",
    severity: "low",
    category: "exposure",
    title: "Connections to the endpoint service are taken without asking",
    resourceTypes: ["aws_vpc_endpoint_service"],
    failsWhen: equals("acceptance_required", false),
    why: "Every allowed principal connects its network to the service without anybody here agreeing.",
    fix: "Set acceptance_required = true.",
    controls: [],
    examples: {
      bad: `resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required = false
}`,
      good: `resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required = true
}`,
    },
  },
];
