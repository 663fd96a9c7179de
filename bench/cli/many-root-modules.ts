import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a generated checkout has. */
export interface Checkout {
  rootModules: number;
  directories: number;
}

const environments = ["dev", "test", "staging", "prod"];
const resources = 12;

/**
 * Writes a checkout of the usual shape, `live/<environment>/team-<n>/svc-<n>`, the same code in each environment, beside
 * directories that have nothing to do with it.
 */
export function writeManyRootModules(folder: string, perEnvironment: number, others: number): Checkout {
  const made = new Set<string>();
  const write = (directory: string, files: Record<string, string>) => {
    directory.split("/").forEach((_, index, words) => made.add(words.slice(0, index + 1).join("/")));
    mkdirSync(join(folder, directory), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, directory, name), text);
  };
  for (const environment of environments)
    for (let number = 0; number < perEnvironment; number++)
      write(`live/${environment}/team-${number % 25}/svc-${number}`, {
        "main.tf": `terraform {\n  required_version = ">= 1.6"\n  backend "s3" {\n    key = "${environment}/${number}"\n  }\n}\nprovider "aws" {\n  region = var.region\n}\n${bucketsText()}`,
        "variables.tf": 'variable "region" {}\nvariable "name" {}\n',
        "outputs.tf": 'output "arn" {\n  value = aws_s3_bucket.b0.arn\n}\n',
        "terraform.tfvars": `region = "eu-west-1"\nname   = "${environment}-${number}"\n`,
      });
  for (let number = 0; number < others; number++) write(`docs/d${number % 40}/x${number}`, { "readme.md": "x\n" });
  return { rootModules: environments.length * perEnvironment, directories: made.size };
}

function bucketsText(): string {
  const bucket = (number: number) =>
    `resource "aws_s3_bucket" "b${number}" {\n  bucket = "b-${number}-\${var.name}"\n  tags = {\n    Name  = var.name\n    Owner = "team"\n  }\n}\n`;
  return Array.from({ length: resources }, (_, number) => bucket(number)).join("");
}
