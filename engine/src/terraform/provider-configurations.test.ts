import { describe, expect, it } from "vitest";
import { configuresProvidersOnce } from "./provider-configurations.ts";

const files = (text: string, name = "main.tf") => new Map([[name, text]]);
const one = 'provider "aws" {\n  region = "eu-central-1"\n}\n';

describe("configuresProvidersOnce", () => {
  it.each([
    ["one block for each provider", `${one}provider "random" {}\n`, ""],
    ["no block at all", 'resource "lab_bucket" "a" {}', 'resource "lab_bucket" "b" {}'],
    ["an alias in a comment", `# alias = "x"\n${one}`, "// provider blocks stand in the root\n"],
    ["a record with a block of that name", 'resource "aws_route53_record" "a" {\n  alias {\n  }\n}', ""],
    ["names that only contain the word", 'resource "aws_lambda_alias" "a" {\n  aliases = []\n}', ""],
    ["a resource that names its provider", one, 'resource "lab_bucket" "a" {\n  provider = lab\n}\n'],
    ["providers that a module asks for", one, "terraform {\n  required_providers {\n  }\n}\n"],
  ])("is true for %s", (_name, root, module) => {
    expect(configuresProvidersOnce(files(root), [files(module)])).toBe(true);
  });

  it.each([
    ["an alias", `${one}provider "aws" {\n  alias = "other"\n}\n`, ""],
    ["an alias with a comment within", `${one}provider "aws" {\n  alias /* { */ = "other"\n}\n`, ""],
    ["an alias in one line", `${one}provider aws { alias = "other" }`, ""],
    ["an alias after a comment that ends", `/*\n# */ provider "aws" { alias = "x" }\n`, ""],
    ["a module's provider", one, 'provider "aws" {}\n'],
    ["a module's provider without quotes", one, "provider aws {}\n"],
    ["a module's provider with a comment within", one, 'provider /* the */ "aws" {}\n'],
    ["a module's provider after a comment that ends", one, '/*\n// */ provider "aws" {}\n'],
  ])("is false for %s", (_name, root, module) => {
    expect(configuresProvidersOnce(files(root), [files(module)])).toBe(false);
  });

  it.each(["main.tf.json", "more.tofu.json"])("does not look into %s", (name) => {
    expect(configuresProvidersOnce(files("{}", name), [])).toBe(false);
    expect(configuresProvidersOnce(files(""), [files("{}", name)])).toBe(false);
  });
});
