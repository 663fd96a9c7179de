import { describe, expect, it } from "vitest";
import { backendMistake } from "./backend-record.ts";
import { cliConfig } from "./cli-config.ts";
import { LockFileError, readLockFile } from "./lock-file.ts";
import { overriddenBlocks } from "./overridden-blocks.ts";
import { collidesWithOverride } from "./override-file.ts";
import { satisfies } from "./version-constraint.ts";

describe("cliConfig", () => {
  it("allows the mirrors alone, in their order", () => {
    expect(cliConfig({ mirrors: ["/m/0", "/m/1"], direct: false })).toBe(
      'disable_checkpoint = true\n\nprovider_installation {\n  filesystem_mirror {\n    path = "/m/0"\n  }\n  filesystem_mirror {\n    path = "/m/1"\n  }\n}\n',
    );
  });

  it("opens the registries only when told, and never by being empty", () => {
    expect(cliConfig({ mirrors: [], direct: true })).toContain("  direct {}\n");
    expect(cliConfig({ mirrors: [], direct: false })).toContain('path = "/nonexistent"');
  });
});

describe("readLockFile", () => {
  const text = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "~> 5.0, != 5.1"
  hashes = [
    "zh:b",
    "h1:a=",
  ]
}

provider "example.com/acme/lab" {
  version = "0.1.0"
}
`;

  it("reads addresses, versions and sorted hashes", () => {
    expect(readLockFile(text)).toEqual([
      { address: "registry.terraform.io/hashicorp/aws", version: "5.100.0", hashes: ["h1:a=", "zh:b"] },
      { address: "example.com/acme/lab", version: "0.1.0", hashes: [] },
    ]);
    expect(readLockFile("# nothing\n")).toEqual([]);
  });

  it.each([
    ['provider "a" {\n', 2],
    ["resource {}", 1],
    ['provider "a" {\n  version = 5\n}', 2],
    ['provider "a" {\n  hashes = []\n}', 1],
    ['provider "a" {\n version = "1"\n}\nprovider "a" {\n version = "1"\n}', 4],
  ])("says the line of what it cannot read: %j", (broken, line) => {
    const read = () => readLockFile(broken);
    expect(read).toThrow(LockFileError);
    expect(read).toThrow(`.terraform.lock.hcl:${line}:`);
  });
});

describe("overriddenBlocks", () => {
  it("finds backend and cloud in terraform blocks, not in strings, comments, heredocs and elsewhere", () => {
    const text = [
      "terraform {",
      '  required_providers { aws = { source = "x" } }',
      '  backend "s3" {}',
      "}",
      'terraform { cloud { organization = "x" } }',
      '# terraform { backend "a" {} }',
      'resource "x" "backend" {',
      '  text = "terraform { cloud {}"',
      "  more = <<EOT",
      'terraform { backend "b" {} }',
      "EOT",
      "  backend {}",
      "}",
      "terraform {",
      "  /* {",
      "  */",
      "  cloud {}",
      "}",
    ].join("\n");
    expect(overriddenBlocks(text)).toEqual([
      { line: 3, block: 'backend "s3"' },
      { line: 5, block: "cloud" },
      { line: 17, block: "cloud" },
    ]);
  });
});

describe("backendMistake", () => {
  it("accepts only the http backend without any setting in the code", () => {
    const record = (type: string, config: object) => JSON.stringify({ version: 3, backend: { type, config } });
    expect(backendMistake(record("http", { address: null, password: null }))).toBeUndefined();
    expect(backendMistake(record("s3", {}))).toContain('"s3" instead of "http"');
    expect(backendMistake(record("http", { address: "http://evil" }))).toContain("(address)");
    expect(backendMistake("{}")).toContain("null instead");
    expect(backendMistake("not JSON")).toContain("not JSON");
  });
});

describe("collidesWithOverride", () => {
  it("is true for every file that would stand in for ours", () => {
    const names = [
      "plumbline_override.tf",
      "plumbline_override.tofu",
      "Plumbline_Override.tf.json",
      "plumbline_overrides.tf",
      "x.tf",
    ];
    expect(names.filter(collidesWithOverride)).toEqual(names.slice(0, 3));
  });
});

describe("satisfies", () => {
  it.each([
    ["1.11.4", "", true],
    ["1.11.4", "~> 1.10", true],
    ["2.0.0", "~> 1.10", false],
    ["1.9.9", "~> 1.10", false],
    ["1.10.9", "~> 1.10.3", true],
    ["1.11.0", "~> 1.10.3", false],
    ["1.11.4", ">= 1.9, < 2.0", true],
    ["1.11.4", "1.11.4", true],
    ["1.11.4", "= 1.11", false],
    ["1.11.4", "!= 1.11.4", false],
    ["1.12.6-dev", ">= 1.12.6", true],
  ])("%s with %j: %s", (version, constraint, expected) => {
    expect(satisfies(version, constraint)).toBe(expected);
  });

  it("refuses what is no constraint", () => {
    expect(() => satisfies("1.0.0", "latest")).toThrow(RangeError);
    expect(() => satisfies("1.0.0", "^1.0")).toThrow(RangeError);
  });
});
