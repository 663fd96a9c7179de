import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomFrom } from "../random.ts";
import type { Random } from "../random.ts";

const filesOfModule = 5;

/**
 * Writes a tree of `count` `.tf` files of some 50 lines each: root modules that call shared ones, with variables, tfvars,
 * locals, for_each, dynamic blocks and policy documents. Answers the number of lines.
 */
export function writeLargeTree(folder: string, count: number, seed: number): number {
  const random = randomFrom(seed);
  const modules = Math.ceil(count / 10 / filesOfModule);
  let lines = 0;
  let files = 0;
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (!path.endsWith(".tf")) return;
    files += 1;
    lines += text.split("\n").length - 1;
  };
  for (let index = 0; index < modules; index++) {
    const own = `modules/m${index}`;
    put(`${own}/variables.tf`, variables(7));
    for (let file = 1; file < filesOfModule; file++)
      put(`${own}/part${file}.tf`, resources(`m${index}_${file}`, random));
  }
  for (let index = 0; files < count; index++) {
    const own = `stacks/s${index}`;
    put(`${own}/variables.tf`, variables(7));
    put(`${own}/calls.tf`, calls(index % modules));
    put(`${own}/terraform.tfvars`, `name_0 = "shop"\nopen = ${random.below(4) === 0}\n`);
    for (let file = 0; file < 8 && files < count; file++)
      put(`${own}/part${file}.tf`, resources(`s${index}_${file}`, random));
  }
  return lines;
}

function variables(count: number): string {
  const named = Array.from(
    { length: count },
    (_, index) =>
      `variable "name_${index}" {\n  type        = string\n  description = "Name ${index}"\n  default     = "n${index}"\n}\n`,
  );
  return `${named.join("\n")}\nvariable "open" {\n  type    = bool\n  default = false\n}\n\nvariable "ports" {\n  type    = list(number)\n  default = [443, 8443]\n}\n`;
}

function calls(module: number): string {
  return Array.from(
    { length: 5 },
    (_, index) =>
      `module "part_${index}" {\n  source = "../../modules/m${module}"\n  name_0 = "\${var.name_0}-${index}"\n  open   = var.open\n}\n`,
  ).join("\n");
}

function resources(name: string, random: Random): string {
  const encrypted = random.below(5) > 0;
  return `# ${name}: what belongs to one service.
locals {
  ${name} = "\${var.name_0}-${name}"
}

resource "aws_s3_bucket" "${name}" {
  bucket = local.${name}
  tags   = { Name = local.${name}, Index = "${random.below(100)}" }
}

resource "aws_s3_bucket_public_access_block" "${name}" {
  bucket                  = aws_s3_bucket.${name}.id
  block_public_acls       = true
  block_public_policy     = !var.open
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_security_group" "${name}" {
  name = "\${local.${name}}-sg"

  dynamic "ingress" {
    for_each = toset(var.ports)
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = var.open ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
    }
  }
}

resource "aws_db_instance" "${name}" {
  identifier        = replace(local.${name}, "_", "-")
  engine            = "postgres"
  storage_encrypted = ${encrypted}
}

resource "aws_iam_policy" "${name}" {
  name = local.${name}
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "\${aws_s3_bucket.${name}.arn}/*" }]
  })
}
`;
}
