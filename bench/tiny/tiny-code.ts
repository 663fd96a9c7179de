/** The code of the smallest workspace there is: one resource of the lab's provider. */
export function tinyComponent(lockFile: string): Record<string, string> {
  return {
    "main.tf": `terraform {
  required_providers {
    lab = {
      source  = "plumbline.internal/lab/lab"
      version = "0.1.0"
    }
  }
}

provider "lab" {}

variable "name" {
  type = string
}

variable "note" {
  type = string
}

resource "lab_bucket" "this" {
  name      = var.name
  encrypted = true
  tags      = { note = var.note }
}
`,
    ".terraform.lock.hcl": lockFile,
  };
}

/** The values of one workspace. */
export function tinyValues(name: string, note: string): string {
  return `name = "${name}"\nnote = "${note}"\n`;
}
