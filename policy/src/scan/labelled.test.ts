import { describe, expect, it } from "vitest";
import { scan } from "./scan.ts";

type Files = Record<string, string>;

/** Findings of high and critical severity, those that cannot be told yet with a question mark. */
async function blocking(files: Files): Promise<string[]> {
  const { findings } = await scan({ path: ".", kind: "directory", files: new Map(Object.entries(files)) });
  return findings
    .filter(({ severity }) => severity === "critical" || severity === "high")
    .map(({ rule, outcome, address }) => `${rule}${outcome === "unknown" ? "?" : ""} ${address}`)
    .sort();
}

const group = (cidr: string): Files => ({
  "main.tf":
    'module "net" {\n  source = "./net"\n  cidrs  = var.cidrs\n}\nvariable "cidrs" {\n  type = list(string)\n}',
  "terraform.tfvars": `cidrs = ["${cidr}"]`,
  "net/main.tf": `variable "cidrs" {}
locals {
  rules = { for port in [443, 5432] : "p\${port}" => port }
}
resource "aws_security_group" "db" {
  dynamic "ingress" {
    for_each = local.rules
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = concat(var.cidrs, [])
    }
  }
}`,
});

const list = (cidr: string): Files => ({
  "main.tf": `resource "aws_ec2_managed_prefix_list" "partners" {
  name           = "partners"
  address_family = "IPv4"
  max_entries    = 1
  entry {
    cidr = "${cidr}"
  }
}
resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.partners.id
}`,
});

const buckets = (acl: string): Files => ({
  "main.tf": `locals {
  buckets = { logs = { acl = "private" }, site = { acl = "${acl}" } }
}
resource "aws_s3_bucket" "b" {
  for_each = local.buckets
}
resource "aws_s3_bucket_acl" "b" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.b[each.key].id
  acl      = each.value.acl
}`,
});

const database = (environment: string): Files => ({
  "main.tf": `variable "env" {}
variable "settings" {
  type    = object({ open = optional(bool, false), encrypted = optional(string) })
  default = {}
}
resource "aws_db_instance" "d" {
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  publicly_accessible = var.settings.open
  storage_encrypted   = coalesce(var.settings.encrypted, var.env == "prod" ? "true" : "false")
}`,
  "terraform.tfvars.json": JSON.stringify({ env: environment }),
});

const statements = (principal: string): Files => ({
  "main.tf": `data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "base"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::\${data.aws_caller_identity.me.account_id}:root"]
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [${principal}]
    }
  }
}
resource "aws_iam_role" "app" {
  assume_role_policy = file("trust.json")
}
resource "aws_kms_key" "k" {
  policy = data.aws_iam_policy_document.all.json
}`,
  "trust.json":
    '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}]}',
});

const json = (port: number): Files => ({
  "main.tf.json": JSON.stringify({
    resource: {
      azurerm_network_security_rule: {
        r: {
          direction: "inbound",
          access: "allow",
          protocol: "*",
          destination_port_ranges: ["80", `${port}`],
          source_address_prefix: "Internet",
        },
      },
    },
  }),
});

const members = (member: string): Files => ({
  "main.tf": `resource "google_service_account" "app" {
  account_id = "app"
}
locals {
  grants = flatten([for role in ["roles/storage.objectViewer"] : [for member in ["${member}"] : { role = role, member = member }]])
}
resource "google_storage_bucket_iam_member" "m" {
  for_each = { for position, grant in local.grants : position => grant }
  bucket   = "b"
  role     = each.value.role
  member   = each.value.member
}`,
});

const pod = (privileged: boolean): Files => ({
  "main.tf": `resource "kubernetes_manifest" "m" {
  manifest = yamldecode(templatefile("pod.yaml", { privileged = ${privileged} }))
}`,
  "pod.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: shop/app:1.0.0\n      securityContext:\n        privileged: ${privileged}\n",
});

describe("what is wrong is found in whatever form it is written, and its well-made twin is not", () => {
  it.each<[string, Files, string[], Files]>([
    [
      "a group's port, through a module",
      group("0.0.0.0/0"),
      ["aws-sg-world-open-database module.net.aws_security_group.db"],
      group("10.1.0.0/16"),
    ],
    [
      "a port, through a list of networks",
      list("0.0.0.0/0"),
      ["aws-vpc-ingress-world-open-administration aws_vpc_security_group_ingress_rule.ssh"],
      list("10.0.0.0/8"),
    ],
    [
      "one bucket of several",
      buckets("public-read"),
      ['aws-s3-bucket-public-acl aws_s3_bucket_acl.b["site"]'],
      buckets("log-delivery-write"),
    ],
    [
      "a database of one environment",
      database("dev"),
      ["aws-rds-storage-encrypted aws_db_instance.d"],
      database("prod"),
    ],
    [
      "a statement among merged ones",
      statements('"*"'),
      ["aws-kms-key-public aws_kms_key.k"],
      statements("aws_iam_role.app.arn"),
    ],
    [
      "a range in the JSON syntax",
      json(3389),
      ["azure-nsg-rule-world-open-administration azurerm_network_security_rule.r"],
      json(443),
    ],
    [
      "a member of a flattened list",
      members("allUsers"),
      ['google-storage-bucket-public google_storage_bucket_iam_member.m["0"]'],
      members("serviceAccount:${google_service_account.app.email}"),
    ],
    ["a pod in a template", pod(true), ["kubernetes-pod-privileged kubernetes_manifest.m"], pod(false)],
  ])("%s", async (_, bad, expected, good) => {
    expect(await blocking(bad)).toEqual(expected);
    expect(await blocking(good)).toEqual([]);
  });
});
