import type { Random } from "../random.ts";
import type { Planned } from "./planned.ts";

/** What one area has at AWS: storage with its settings beside it, a network, databases, roles with policies, machines. */
export function awsGroup(group: number, random: Random): Planned[] {
  const good = () => random.below(5) > 0;
  const bucket = (type: string, values: Record<string, unknown>): Planned => ({
    type,
    name: "data",
    values: { bucket: `data-${group}`, ...values },
    unknown: { id: true },
    references: { bucket: ["aws_s3_bucket.data.id", "aws_s3_bucket.data"] },
  });
  const statements = Array.from({ length: 4 }, (_, position) => ({
    Sid: `S${position}`,
    Effect: "Allow",
    Action: [`s3:Get${position}`, "kms:Decrypt", good() ? "sqs:SendMessage" : "*"],
    Resource: `arn:aws:s3:::data-${group}/${position}/*`,
  }));
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const rule = (port: number) => ({
    from_port: port,
    to_port: port,
    protocol: "tcp",
    cidr_blocks: [good() ? "10.0.0.0/8" : "0.0.0.0/0"],
    ipv6_cidr_blocks: [],
    security_groups: [],
  });
  return [
    {
      type: "aws_s3_bucket",
      name: "data",
      values: { bucket: `data-${group}`, force_destroy: false, tags: { area: String(group) } },
      unknown: { id: true, arn: true },
    },
    bucket("aws_s3_bucket_public_access_block", {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: good(),
      restrict_public_buckets: true,
    }),
    bucket("aws_s3_bucket_versioning", { versioning_configuration: [{ status: good() ? "Enabled" : "Suspended" }] }),
    bucket("aws_s3_bucket_server_side_encryption_configuration", {
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }],
    }),
    bucket("aws_s3_bucket_logging", { target_bucket: "logs", target_prefix: `${group}/` }),
    bucket("aws_s3_bucket_policy", { policy }),
    {
      type: "aws_security_group",
      name: "web",
      values: {
        name: `web-${group}`,
        description: "web",
        ingress: [rule(443), rule(22), rule(8080)],
        egress: [rule(0)],
      },
      unknown: { id: true },
    },
    {
      type: "aws_security_group_rule",
      name: "extra",
      values: { type: "ingress", ...rule(5432), security_group_id: `sg-${group}` },
      references: { security_group_id: ["aws_security_group.web.id", "aws_security_group.web"] },
    },
    {
      type: "aws_db_parameter_group",
      name: "orders",
      values: { name: `orders-${group}`, family: "postgres16", parameter: [{ name: "rds.force_ssl", value: "1" }] },
    },
    {
      type: "aws_db_instance",
      name: "orders",
      values: {
        identifier: `orders-${group}`,
        engine: "postgres",
        storage_encrypted: good(),
        publicly_accessible: !good(),
        multi_az: good(),
        backup_retention_period: 14,
        parameter_group_name: `orders-${group}`,
      },
      unknown: { id: true, arn: true, endpoint: true },
    },
    {
      type: "aws_iam_role",
      name: "app",
      values: { name: `app-${group}`, assume_role_policy: trust },
      unknown: { id: true },
    },
    {
      type: "aws_iam_role_policy",
      name: "app",
      values: { role: `app-${group}`, policy },
      references: { role: ["aws_iam_role.app.name", "aws_iam_role.app"] },
    },
    {
      type: "aws_kms_key",
      name: "data",
      values: { description: "data", enable_key_rotation: good() },
      unknown: { arn: true },
    },
    { type: "aws_vpc", name: "main", values: { cidr_block: "10.0.0.0/16" }, unknown: { id: true } },
    {
      type: "aws_flow_log",
      name: "main",
      values: { vpc_id: `vpc-${group}`, traffic_type: "ALL" },
      references: { vpc_id: ["aws_vpc.main.id", "aws_vpc.main"] },
    },
    {
      type: "aws_instance",
      name: "app",
      values: {
        ami: "ami-0123456789abcdef0",
        instance_type: "t3.small",
        metadata_options: [{ http_tokens: good() ? "required" : "optional" }],
        root_block_device: [{ encrypted: good(), volume_size: 20 }],
      },
      unknown: { id: true },
    },
    { type: "aws_sqs_queue", name: "work", values: { name: `work-${group}`, sqs_managed_sse_enabled: good() } },
    { type: "aws_lambda_function", name: "work", values: { function_name: `work-${group}`, runtime: "nodejs22.x" } },
  ];
}
