import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSource } from "../sources/parse-source.ts";
import { indexSources } from "../sources/source-index.ts";
import { lintSources } from "./lint-sources.ts";
import { findUnexplainedValues } from "./unexplained-values.ts";

const environments = ["dev", "test", "uat", "globex/prod"];

function lint(files: Record<string, string>): string[] {
  const texts = new Map(Object.entries(files));
  const { files: parsed } = indexSources(texts, "app");
  return lintSources(parsed, environments).map((hit) => `${hit.rule.id} ${hit.place.file}:${hit.place.line}`);
}

describe("names of environments in logic", () => {
  const named = (expression: string) => lint({ "app/a.tf": `locals {\n  x = ${expression}\n}\n` }).length;

  it.each([
    'var.env == "prod" ? 2 : 1',
    '"prod" != var.env',
    'var.env == "globex/prod"',
    'contains(["uat", "prod"], var.env)',
    'startswith(var.env, "prod")',
    'can(regex("^prod$", var.env))',
    "lookup({ dev = 1, prod = 2 }, var.env)",
    "{ dev = 1, prod = 2 }[var.env]",
    "{ prod = 2 }[var.env]",
    'toset([for e in var.all : e if e != "prod"])',
    '"%{ if var.env == "prod" }a%{ endif }"',
    'upper(var.env == "prod" && var.x ? "a" : "b")',
  ])("finds %s", (expression) => {
    expect(named(expression)).toBe(1);
  });

  it.each([
    '"prod"',
    "{ dev = 1 }",
    'var.size == "large" ? 1 : 2',
    '"${var.env}-prod"',
    "var.sizes[var.env]",
    '"prod" == "dev"',
  ])("lets %s be", (expression) => {
    expect(named(expression)).toBe(0);
  });

  it("finds it in count and nested blocks, and lets a validation list the names", () => {
    expect(
      lint({
        "app/a.tf": `resource "t" "a" {\n  count = var.env == "prod" ? 1 : 0\n  b {\n    c = var.env == "dev"\n  }\n}\n`,
      }),
    ).toEqual(["environment-name-in-logic app/a.tf:2", "environment-name-in-logic app/a.tf:4"]);
    expect(
      lint({
        "app/a.tf": `variable "env" {\n  validation {\n    condition = contains(["dev", "prod"], var.env)\n  }\n}\n`,
      }),
    ).toEqual([]);
  });
});

describe("override files", () => {
  it("may hold no terraform, provider or provisioner block", () => {
    const text = `terraform {\n}\nprovider "aws" {\n}\nresource "t" "a" {\n  provisioner "local-exec" {\n  }\n}\n`;
    const hits = [1, 3, 6].map((line) => `override-file-block app/x_override.tf:${line}`);
    expect(lint({ "app/x_override.tf": text })).toEqual(hits);
    expect(lint({ "app/main.tf": text })).toEqual([]);
    expect(lint({ "app/override.tf": `resource "t" "a" {\n}\n` })).toEqual([]);
  });

  it("may not hide them in the JSON syntax", () => {
    const text = JSON.stringify({ terraform: {}, resource: { t: { a: [{ provisioner: { "local-exec": {} } }] } } });
    expect(lint({ "app/override.tf.json": text })).toHaveLength(2);
  });
});

describe("other sources", () => {
  it("says that a backend is overridden", () => {
    expect(lint({ "app/main.tf": `terraform {\n  backend "s3" {\n  }\n  cloud {\n  }\n}\n` })).toEqual([
      "backend-overridden app/main.tf:2",
      "backend-overridden app/main.tf:4",
    ]);
  });

  it("finds faults with their line", () => {
    expect(lint({ "app/main.tf": `resource "t" "a" {\n  x = = 1\n}\n` })).toEqual(["hcl-syntax app/main.tf:2"]);
    expect(lint({ "environments/dev/app.tfvars": "x = \n" })[0]).toMatch(/^hcl-syntax environments\/dev\/app.tfvars:/);
    expect(lint({ "app/a.tf.json": `{\n "a": x\n}` })).toEqual(["hcl-syntax app/a.tf.json:2"]);
    expect(lint({ "app/ok.tf": "", "app/README.md": "{{{" })).toEqual([]);
  });

  it("finds brackets within brackets beyond any sense", () => {
    expect(lint({ "app/a.tf": `x = ${"[".repeat(50_000)}${"]".repeat(50_000)}\n` })).toEqual(["hcl-syntax app/a.tf:1"]);
  });

  it("never crashes, whatever stands in a file", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("{", "}", "[", '"', "=", "a", "${", "\n", "<<E", "resource", "==", "?", ":", "é", "\0", "#"),
          { maxLength: 40 },
        ),
        (tokens) => {
          expect(() => lint({ "app/a.tf": tokens.join(" ") })).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("values that differ between environments", () => {
  const hits = (files: Record<string, string>) =>
    findUnexplainedValues(Object.entries(files).map(([path, text]) => parseSource(path, text))).map(
      (hit) => `${hit.place.file}:${hit.place.line}`,
    );

  it("carry a reason above or behind", () => {
    expect(
      hits({
        "environments/dev/app.tfvars": `size = 1\nzones = ["a"]\n`,
        "environments/prod/app.tfvars": `# why: more customers\nsize = 9\nzones = [ # why: must survive one\n  "a", "b",\n]\n`,
        "environments/globex/prod/app.tfvars": `// a long story\nsize = 5\n`,
      }),
    ).toEqual([
      "environments/dev/app.tfvars:1",
      "environments/globex/prod/app.tfvars:2",
      "environments/dev/app.tfvars:2",
    ]);
  });

  it("are compared between files of one name, and equal ones need none", () => {
    expect(
      hits({
        "environments/dev/app.tfvars": "a = 1\n",
        "environments/prod/app.tfvars": "a = 1.0\n",
        "environments/prod/db.tfvars": "a = 2\n",
      }),
    ).toEqual([]);
  });
});
