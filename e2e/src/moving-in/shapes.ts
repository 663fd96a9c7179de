/** A state that a team has: where its engine runs, with what, and what Plumbline will call its workspace. */
export interface OwnRoot {
  workspace: string;
  /** From the root of the checkout. */
  folder: string;
  /** tfvars files, from the root module; given with -var-file. */
  varFiles: string[];
  /** The state's key in the bucket, where the backend block leaves it out. */
  stateKey?: string;
  /** The engine's own workspace; undefined where they do not use them. */
  engineWorkspace?: string;
}

/** How a team has laid out its code, rebuilt from what public repositories do. */
export interface Shape {
  name: string;
  files: Record<string, string>;
  /** In the order in which they are rolled out. */
  roots: OwnRoot[];
  /** A change as one would make it: file → text before and after. */
  change: { workspace: string; file: string; from: string; to: string };
}

const versions = `terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}
`;
const provider = 'provider "aws" {\n  region = "eu-central-1"\n}\n';

/** The backend that they have so far: a bucket, and a key for each root. */
const backend = (key: string) => `terraform {
  backend "s3" {
    bucket         = "acme-terraform-states"
    key            = "${key}"
    region         = "eu-central-1"
    use_path_style = true
  }
}
`;

const network = `variable "environment" {
  type = string
}

variable "cidr" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  tags                 = { Name = "shop-\${var.environment}" }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(var.cidr, 8, count.index)
  availability_zone = "eu-central-1\${count.index == 0 ? "a" : "b"}"
}

resource "aws_security_group" "inside" {
  name        = "shop-inside-\${var.environment}"
  description = "Inside the shop"
  vpc_id      = aws_vpc.main.id

  ingress {
    description = "HTTPS from inside"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }
}
`;
const networkOutputs = 'output "vpc_id" {\n  value = aws_vpc.main.id\n}\n';

/** Stands in the code (as it should not) and in the state, where it is sensitive: no log, comment or page may show it. */
export const secretOfTheState = "a-secret-of-the-state";

const orders = `variable "environment" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "retention" {
  type    = number
  default = 86400
}

resource "aws_sqs_queue" "orders" {
  name                      = "orders-\${var.environment}"
  message_retention_seconds = var.retention
  sqs_managed_sse_enabled   = true
  tags                      = { vpc = var.vpc_id }
}

resource "aws_ssm_parameter" "key" {
  name  = "/shop/\${var.environment}/orders-key"
  type  = "SecureString"
  value = "${secretOfTheState}"
}
`;

/** live/<environment>/<component>: a root module for each, with a backend block of its own, over shared modules. */
function live(): Shape {
  const root = (environment: string, cidr: string) => ({
    [`live/${environment}/network/main.tf`]: `module "network" {
  source      = "../../../modules/network"
  environment = "${environment}"
  cidr        = "${cidr}"
}

output "vpc_id" {
  value = module.network.vpc_id
}
`,
    [`live/${environment}/network/backend.tf`]: backend(`${environment}/network.tfstate`),
    [`live/${environment}/network/versions.tf`]: versions + provider,
  });
  return {
    name: "live/<environment>/<component>",
    files: {
      "modules/network/main.tf": network,
      "modules/network/outputs.tf": networkOutputs,
      ...root("dev", "10.10.0.0/16"),
      ...root("prod", "10.20.0.0/16"),
    },
    roots: [
      { workspace: "network/dev", folder: "live/dev/network", varFiles: [] },
      { workspace: "network/prod", folder: "live/prod/network", varFiles: [] },
    ],
    change: {
      workspace: "network/dev",
      file: "modules/network/main.tf",
      from: "HTTPS from inside",
      to: "HTTPS from the shop",
    },
  };
}

/** A root module for each component, with env/<environment>.tfvars beside its code and a partial backend block. */
function valuesPerEnvironment(): Shape {
  const backendPart = 'terraform {\n  backend "s3" {}\n}\n';
  return {
    name: "<component>/env/<environment>.tfvars",
    files: {
      "network/main.tf": network,
      "network/outputs.tf": networkOutputs,
      "network/versions.tf": versions + provider + backendPart,
      "network/env/dev.tfvars": 'environment = "dev"\ncidr        = "10.10.0.0/16"\n',
      "network/env/prod.tfvars": 'environment = "prod"\ncidr        = "10.20.0.0/16"\n',
      "orders/main.tf": orders,
      "orders/versions.tf": versions + provider + backendPart,
      "orders/env/dev.tfvars": 'environment = "dev"\nvpc_id      = "vpc-1"\n',
      "orders/env/prod.tfvars": 'environment = "prod"\nvpc_id      = "vpc-2"\nretention   = 1209600\n',
    },
    roots: [
      { workspace: "network/dev", folder: "network", varFiles: ["env/dev.tfvars"], stateKey: "network/dev.tfstate" },
      { workspace: "network/prod", folder: "network", varFiles: ["env/prod.tfvars"], stateKey: "network/prod.tfstate" },
      { workspace: "orders/dev", folder: "orders", varFiles: ["env/dev.tfvars"], stateKey: "orders/dev.tfstate" },
      { workspace: "orders/prod", folder: "orders", varFiles: ["env/prod.tfvars"], stateKey: "orders/prod.tfstate" },
    ],
    change: {
      workspace: "orders/prod",
      file: "orders/main.tf",
      from: "tags                      = { vpc = var.vpc_id }",
      to: 'tags                      = { vpc = var.vpc_id, team = "shop" }',
    },
  };
}

/** One root module for everything, over local modules; the engine's own workspaces tell the environments apart. */
function singleRoot(): Shape {
  return {
    name: "one root module with the engine's workspaces",
    files: {
      "terraform/main.tf": `${versions}${backend("shop.tfstate")}${provider}
variable "environment" {
  type = string
}

variable "cidr" {
  type = string
}

module "network" {
  source      = "./modules/network"
  environment = var.environment
  cidr        = var.cidr
}

module "orders" {
  source      = "./modules/orders"
  environment = var.environment
  vpc_id      = module.network.vpc_id
}
`,
      "terraform/modules/network/main.tf": network,
      "terraform/modules/network/outputs.tf": networkOutputs,
      "terraform/modules/orders/main.tf": orders,
      "terraform/dev.tfvars": 'environment = "dev"\ncidr        = "10.10.0.0/16"\n',
      "terraform/prod.tfvars": 'environment = "prod"\ncidr        = "10.20.0.0/16"\n',
    },
    roots: [
      { workspace: "main/dev", folder: "terraform", varFiles: ["dev.tfvars"], engineWorkspace: "dev" },
      { workspace: "main/prod", folder: "terraform", varFiles: ["prod.tfvars"], engineWorkspace: "prod" },
    ],
    change: {
      workspace: "main/dev",
      file: "terraform/modules/network/main.tf",
      from: "HTTPS from inside",
      to: "HTTPS from the shop",
    },
  };
}

/** The three, by the letter under which they are asked for. */
export const shapes = { live: live(), values: valuesPerEnvironment(), single: singleRoot() } as const;
