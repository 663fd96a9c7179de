import type { Patch } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgePlan } from "../judging/judge-plan.ts";
import { planSources } from "../scan/plan-sources.ts";
import { evaluateDirectory } from "../evaluation/evaluate-directory.ts";
import { applyPatches } from "./apply-patches.ts";

/** Scans sources for unencrypted lab databases, and mends what it finds; answers the files that changed. */
async function mended(sources: Record<string, string>): Promise<Record<string, string>> {
  const files = new Map(Object.entries(sources));
  const { plan, hidden } = await planSources(evaluateDirectory, files, { root: "." });
  const judgement = await judgePlan({
    planJson: plan,
    hidden,
    files,
    componentPath: ".",
    environment: "",
    layer: "",
    environments: [],
    policyConfiguration: defaultPolicyConfiguration,
  });
  const patches = Map.groupBy(
    judgement.findings
      .filter(({ rule }) => rule === "lab-database-storage-encrypted" || rule === "aws-instance-metadata-tokens")
      .flatMap(({ patch }): Patch[] => (patch ? [patch] : [])),
    ({ file }) => file,
  );
  return Object.fromEntries([...patches].map(([file, own]) => [file, applyPatches(files.get(file) ?? "", own).text]));
}

const database = (body: string) => `resource "lab_database" "main" {${body}}\n`;

describe("a patch", () => {
  it("adds an attribute behind the others, lines them up, and leaves comments where they are", async () => {
    const before = database(
      '\n  # How it is called.\n  name   = "orders" # the service\n  public = false    # never\n\n  tags = {\n    a = 1\n  }\n',
    );
    const after = database(
      '\n  # How it is called.\n  name   = "orders" # the service\n  public = false    # never\n\n  tags = {\n    a = 1\n  }\n  storage_encrypted = true\n',
    );
    expect(await mended({ "main.tf": before })).toEqual({ "main.tf": after });
    const lined = database('\n  name   = "orders" # the service\n  public = false    # never\n');
    expect(await mended({ "main.tf": lined })).toEqual({
      "main.tf": database(
        '\n  name              = "orders" # the service\n  public            = false    # never\n  storage_encrypted = true\n',
      ),
    });
  });

  it("leaves alone what nobody has lined up, and line ends as they are", async () => {
    const before = database('\r\n  name="orders"\r\n').replace(/\n$/, "\r\n");
    expect(await mended({ "main.tf": before })).toEqual({
      "main.tf": before.replace('"orders"\r\n', '"orders"\r\n  storage_encrypted = true\r\n'),
    });
  });

  it("gives a block on one line lines", async () => {
    expect(await mended({ "main.tf": database("") })).toEqual({
      "main.tf": database("\n  storage_encrypted = true\n"),
    });
    expect(await mended({ "main.tf": database(" public = false ") })).toEqual({
      "main.tf": database("\n  public            = false\n  storage_encrypted = true\n"),
    });
  });

  it("replaces a value where it is written, behind a variable too where nothing else uses it", async () => {
    const body = database("\n  storage_encrypted = var.encrypted\n");
    const declared = (value: string) => `variable "encrypted" {\n  default = ${value}\n}\n`;
    expect(await mended({ "main.tf": database("\n  storage_encrypted = false # later\n") })).toEqual({
      "main.tf": database("\n  storage_encrypted = true # later\n"),
    });
    expect(await mended({ "main.tf": body, "variables.tf": declared("false") })).toEqual({
      "variables.tf": declared("true"),
    });
    const values = { "main.tf": body, "variables.tf": declared("true") };
    expect(await mended({ ...values, "terraform.tfvars": "encrypted = false\n" })).toEqual({
      "terraform.tfvars": "encrypted = true\n",
    });
    const shared = `${body}output "encrypted" {\n  value = var.encrypted\n}\n`;
    expect(await mended({ "main.tf": shared, "variables.tf": declared("false") })).toEqual({});
  });

  it("goes where a module's call sets the value", async () => {
    const call = (value: string) => `module "db" {\n  source    = "./db"\n  encrypted = ${value}\n}\n`;
    const inner = `variable "encrypted" {}\n${database("\n  storage_encrypted = var.encrypted\n")}`;
    expect(await mended({ "main.tf": call("false"), "db/main.tf": inner })).toEqual({ "main.tf": call("true") });
  });

  it("is not made where the value is worked out", async () => {
    for (const value of ["var.size > 3", "!true", 'var.flags["db"]', "local.a && local.b"]) {
      const locals = `locals {\n  a = false\n  b = true\n}\nvariable "size" {\n  default = 1\n}\nvariable "flags" {\n  default = { db = false }\n}\n`;
      expect(await mended({ "main.tf": locals + database(`\n  storage_encrypted = ${value}\n`) })).toEqual({});
    }
  });

  it("adds the nested block that is missing", async () => {
    const before = `resource "aws_instance" "a" {\n  ami = "ami-1"\n}\n`;
    const { "main.tf": after = "" } = await mended({ "main.tf": before });
    expect(after).toMatch(
      /^resource "aws_instance" "a" \{\n {2}ami = "ami-1"\n\n {2}metadata_options \{\n[^}]*http_tokens += "required"\n[^}]*\}\n\}\n$/,
    );
  });

  it("is not made where its lines would show a credential", async () => {
    const key = ["AKIA", "Q3EGRTUVWXYZ2345"].join("");
    expect(await mended({ "main.tf": database(`\n  name = "${key}"\n`) })).toEqual({});
    expect(await mended({ "main.tf": database(`\n  note = "${key}"\n\n  name = "orders"\n`) })).toEqual({
      "main.tf": database(`\n  note = "${key}"\n\n  name              = "orders"\n  storage_encrypted = true\n`),
    });
  });
});
