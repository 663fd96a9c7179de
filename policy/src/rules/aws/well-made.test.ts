import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { awsRules } from "./aws-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function blocking(hcl: string): string[] {
  return judgeResources(resourcesFromHcl(hcl), awsRules, policy)
    .filter(({ finding }) => finding.severity === "critical" || finding.severity === "high")
    .map(({ finding }) => `${finding.rule} ${finding.outcome} ${finding.address}`);
}

describe("what is made well, as people write it", () => {
  it("is silent about a network with public subnets and a list that allows all", () => {
    expect(
      blocking(`
resource "aws_vpc" "this" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.this.id
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}
resource "aws_default_network_acl" "this" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.this.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}`),
    ).toEqual([]);
  });

  it("is silent about a private cluster with roles for its machines and pods", () => {
    expect(
      blocking(`
resource "aws_eks_cluster" "this" {
  name     = "shop"
  role_arn = aws_iam_role.cluster.arn
  vpc_config {
    subnet_ids              = var.subnets
    endpoint_public_access  = false
    endpoint_private_access = true
  }
}
resource "aws_iam_role" "cluster" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "eks.amazonaws.com" }, Action = ["sts:AssumeRole", "sts:TagSession"] }]
  })
}
resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}
resource "aws_launch_template" "nodes" {
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }
}
resource "aws_iam_policy" "scaler" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["autoscaling:Describe*", "ec2:Describe*"], Resource = "*" },
      { Effect = "Allow", Action = "autoscaling:SetDesiredCapacity", Resource = "*", Condition = { StringEquals = { "aws:ResourceTag/owner" = "shop" } } },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/nodes" }
    ]
  })
}`),
    ).toEqual([]);
  });

  it("is silent about a database, a bucket for logs, a key with the usual policy and a website", () => {
    expect(
      blocking(`
resource "aws_db_instance" "this" {
  engine                 = "postgres"
  storage_encrypted      = true
  vpc_security_group_ids = [aws_security_group.db.id]
}
resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.this.identifier
}
resource "aws_s3_bucket" "logs" {
  bucket_prefix = "logs-"
}
resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::logs/*" },
      { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }
    ]
  })
}
resource "aws_kms_key" "this" {
  enable_key_rotation = true
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:Decrypt", Resource = "*", Condition = { StringEquals = { "kms:ViaService" = "ebs.eu-west-1.amazonaws.com", "kms:CallerAccount" = "111122223333" } } }
    ]
  })
}
resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "SNS:Publish", Resource = "*", Condition = { StringEquals = { "AWS:SourceOwner" = "111122223333" } } }]
  })
}
resource "aws_lb" "this" {
  internal = false
}
resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
  }
}
resource "aws_lb" "inner" {
  internal = true
}
resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  protocol          = "HTTP"
  default_action {
    type = "forward"
  }
}
resource "aws_cloudfront_distribution" "this" {
  origin {
    domain_name = "site.s3-website.eu-west-1.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
}`),
    ).toEqual([]);
  });

  it("is silent about roles that name who may take them, and policies that are narrowed down", () => {
    expect(
      blocking(`
resource "aws_iam_role" "deploy" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/app.terraform.io" }
      Condition = {
        StringEquals = { "app.terraform.io:aud" = "aws.workload.identity" }
        StringLike   = { "app.terraform.io:sub" = "organization:acme:project:shop:workspace:*:run_phase:*" }
      }
    }]
  })
}
resource "aws_iam_role" "vendor" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "abc" } }
    }]
  })
}
resource "aws_iam_policy" "shop" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["s3:*", "dynamodb:*"], Resource = ["arn:aws:s3:::shop-*", "arn:aws:dynamodb:eu-west-1:111122223333:table/shop-*"] },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
      { Effect = "Allow", Action = ["iam:AttachRolePolicy", "iam:PutRolePolicy"], Resource = "arn:aws:iam::111122223333:role/aws-service-role/*" },
      { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/cdk-*" },
      { Effect = "Deny", Action = "*", Resource = "*", Condition = { StringNotEquals = { "aws:RequestedRegion" = "eu-west-1" } } }
    ]
  })
}
resource "aws_iam_role_policy_attachment" "shop" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.shop.arn
}`),
    ).toEqual([]);
  });

  it("is silent about a monitoring agent, a plain listener that only says no, and a search domain in a network", () => {
    expect(
      blocking(`
resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", linuxParameters = { capabilities = { add = ["SYS_PTRACE"] } } }])
  volume {
    name      = "processes"
    host_path = "/proc/"
  }
}
resource "aws_lb" "this" {
  internal = false
}
resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
  }
}
resource "aws_opensearch_domain" "this" {
  domain_name = "logs"
  vpc_options {
    subnet_ids = ["subnet-0abc"]
  }
  encrypt_at_rest {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https = true
  }
}
resource "aws_opensearch_domain_policy" "this" {
  domain_name     = aws_opensearch_domain.this.domain_name
  access_policies = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }] })
}
resource "aws_rds_cluster" "secondary" {
  engine                        = "aurora-postgresql"
  replication_source_identifier = "arn:aws:rds:eu-west-1:111122223333:cluster:orders"
}
resource "aws_instance" "from_template" {
  launch_template {
    id = "lt-0abc"
  }
}`),
    ).toEqual([]);
  });
});
