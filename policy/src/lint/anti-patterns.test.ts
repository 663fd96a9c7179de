import { describe, expect, it } from "vitest";
import { indexSources } from "../sources/source-index.ts";
import { findAntiPatterns } from "./anti-patterns.ts";

/** Hits as `rule file:line`; `paths` are further files that are there. */
function lint(files: Record<string, string>, paths: readonly string[] = [], resources = 0): string[] {
  const { files: parsed } = indexSources(new Map(Object.entries(files)), "app");
  const known = new Set(paths.length === 0 ? [] : [...Object.keys(files), ...paths]);
  return findAntiPatterns(parsed, { root: "app", paths: known, resources, mostResources: 500 })
    .map(({ rule, place }) => `${rule.id} ${place.file}:${place.line}`)
    .toSorted();
}

const pinned =
  'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n';
const root = (text: string): Record<string, string> => ({ "app/main.tf": text, "app/versions.tf": pinned });

describe("ids in code", () => {
  it.each([
    'resource "aws_x" "a" {\n  role = "arn:aws:iam::123456789012:role/app"\n}',
    'resource "aws_x" "a" {\n  b {\n    ids = ["subnet-0a1b2c3d4e5f60718"]\n  }\n}',
    'locals {\n  scope = "/subscriptions/0f8fad5b-d9cb-469f-a165-70867728950e/resourceGroups/a"\n}',
  ])("finds %s", (text) => {
    expect(lint(root(text))).toMatchObject([expect.stringContaining("hard-coded-id app/main.tf")]);
  });

  it.each([
    'resource "aws_x" "a" {\n  role = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}',
    'resource "aws_x" "a" {\n  role = "arn:aws:s3:::bucket"\n}',
    'variable "vpc" {\n  default = "vpc-0a1b2c3d"\n}\nlocals {\n  a = var.vpc\n}',
    'resource "aws_x" "a" {\n  name = "sg-production"\n}',
  ])("lets %s be", (text) => {
    expect(lint(root(text))).toEqual([]);
  });
});

describe("pins", () => {
  const call = (source: string, more = "") => lint(root(`module "m" {\n  source = "${source}"\n${more}}\n`));

  it.each([
    ["terraform-aws-modules/vpc/aws", ""],
    ["app.terraform.io/acme/vpc/aws", '  version = ">= 1.0"\n'],
    ["git::https://example.com/vpc.git", ""],
    ["github.com/acme/vpc?ref=main", ""],
  ])("finds %s", (source, more) => {
    expect(call(source, more)).toEqual(["module-unpinned app/main.tf:2"]);
  });

  it.each([
    ["terraform-aws-modules/vpc/aws", '  version = "5.1.0"\n'],
    ["terraform-aws-modules/vpc/aws", '  version = "~> 5.1"\n'],
    ["terraform-aws-modules/vpc/aws", '  version = ">= 5.1, < 6.0"\n'],
    ["git::https://example.com/vpc.git?ref=v1.2.0", ""],
    ["./vpc", ""],
    ["https://example.com/vpc-1.2.0.zip", ""],
  ])("lets %s be", (source, more) => {
    expect(call(source, more)).toEqual([]);
  });

  it("asks for a version of each provider that is used, once", () => {
    const text = 'resource "google_x" "a" {}\nresource "google_y" "b" {}\nresource "aws_x" "c" {}\n';
    expect(lint(root(text))).toEqual(["provider-unpinned app/main.tf:1"]);
  });

  it("asks for the lock file where files are known", () => {
    const files = root('provider "aws" {}\nresource "aws_x" "a" {}\n');
    expect(lint(root('resource "aws_x" "a" {}\n'), ["app/README.md"])).toEqual([]);
    expect(lint(files, ["app/README.md"])).toEqual(["lock-file-missing app/main.tf:1"]);
    expect(lint(files, ["app/.terraform.lock.hcl"])).toEqual([]);
    expect(lint(files)).toEqual([]);
  });
});

describe("ways around the engine", () => {
  it.each([
    ['resource "aws_x" "a" {\n  lifecycle {\n    ignore_changes = all\n  }\n}', "ignore-changes-all app/main.tf:3"],
    [
      'resource "aws_x" "a" {\n  provisioner "local-exec" {\n    command = "true"\n  }\n}',
      "provisioner-used app/main.tf:2",
    ],
    ['data "external" "a" {\n  program = ["true"]\n}', "external-data-used app/main.tf:1"],
    ['resource "aws_x" "a" {\n  tags = { at = timestamp() }\n}', "value-always-changes app/main.tf:2"],
  ])("finds %s", (text, hit) => {
    expect(lint(root(text))).toEqual([hit]);
  });

  it("lets ignored attributes be that are named, also where they always change", () => {
    const text = 'resource "aws_x" "a" {\n  at = timestamp()\n  lifecycle {\n    ignore_changes = [at]\n  }\n}';
    expect(lint(root(text))).toEqual([]);
  });
});

describe("what a module says about itself", () => {
  it("asks for descriptions once a module, and for a README of called ones", () => {
    const files = {
      ...root('module "m" {\n  source = "../m"\n  a      = var.a\n  b      = 1\n}\nvariable "a" {}\n'),
      "m/main.tf": 'variable "a" {}\nvariable "b" {}\noutput "c" {\n  value = "${var.a}${var.b}"\n}\n',
    };
    expect(lint(files, ["app/.terraform.lock.hcl"])).toEqual([
      "output-undescribed m/main.tf:3",
      "readme-missing m/main.tf:1",
      "variable-undescribed app/main.tf:6",
      "variable-undescribed m/main.tf:1",
    ]);
  });
});

describe("how modules are cut", () => {
  it("finds variables that nothing reads, and takes any mention for reading", () => {
    const text = 'variable "a" {}\nvariable "ab" {}\nvariable "c" {}\nlocals {\n  x = "${var.ab}"\n  y = var["c"]\n}\n';
    expect(lint(root(text))).toEqual(["variable-unused app/main.tf:1"]);
  });

  it("finds outputs that nobody reads, of modules inside the root module only", () => {
    const inner = 'output "used" {\n  value = 1\n}\noutput "unused" {\n  value = 2\n}\n';
    const caller = (source: string) => `module "m" {\n  source = "${source}"\n}\nlocals {\n  x = module.m.used\n}\n`;
    expect(lint({ ...root(caller("./m")), "app/m/main.tf": inner })).toEqual(["output-unused app/m/main.tf:4"]);
    expect(lint({ ...root(caller("../m")), "m/main.tf": inner })).toEqual([]);
    const whole = 'module "m" {\n  source = "./m"\n}\noutput "all" {\n  value = module.m\n}\n';
    expect(lint({ ...root(whole), "app/m/main.tf": inner })).toEqual([]);
  });

  it("finds a layer that hands its variables on", () => {
    const names = ["a", "b", "c", "d", "e"];
    const variables = names.map((name) => `variable "${name}" {}\n`).join("");
    const passed = names.map((name) => `  ${name} = var.${name}\n`).join("");
    const layer = `module "inner" {\n  source = "../inner"\n${passed}}\n${variables}`;
    const files = {
      ...root('module "layer" {\n  source = "../layer"\n}\n'),
      "layer/main.tf": layer,
      "inner/main.tf": `${variables}locals {\n  x = [var.a, var.b, var.c, var.d, var.e]\n}\n`,
    };
    expect(lint(files)).toEqual(["module-pass-through layer/main.tf:1"]);
  });

  it("finds a module that wraps one resource, and not one that decides something", () => {
    const call = root('module "m" {\n  source = "../m"\n}\n');
    const thin = `${pinned}resource "aws_x" "a" {\n  name = var.name\n  size = var.size\n}\nvariable "name" {}\nvariable "size" {}\n`;
    const deciding = `${pinned}resource "aws_x" "a" {\n  name      = var.name\n  encrypted = true\n  public    = false\n  kind      = "gp3"\n}\nvariable "name" {}\n`;
    expect(lint({ ...call, "m/main.tf": thin })).toEqual(["module-of-one-resource m/main.tf:6"]);
    expect(lint({ ...call, "m/main.tf": deciding })).toEqual([]);
  });

  it("finds a fourth level, and providers in called modules", () => {
    const down = (next: string) => `module "next" {\n  source = "../${next}"\n}\n`;
    const files = {
      ...root(down("b")),
      "b/main.tf": down("c"),
      "c/main.tf": down("d"),
      "d/main.tf": down("e"),
      "e/main.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\n',
    };
    expect(lint(files)).toEqual(["modules-too-deep d/main.tf:1", "provider-in-module e/main.tf:1"]);
  });

  it("survives modules that call each other", () => {
    expect(
      lint({ ...root('module "m" {\n  source = "../m"\n}\n'), "m/main.tf": 'module "n" {\n  source = "../m"\n}\n' }),
    ).toEqual([]);
  });

  it("finds a state with too many resources", () => {
    expect(lint(root('resource "aws_x" "a" {}\n'), [], 501)).toEqual(["state-too-large app/main.tf:1"]);
  });
});
