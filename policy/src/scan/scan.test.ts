import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { labDatabaseRules } from "../rules/lab/database.ts";
import { planOf } from "../testing/plans.ts";
import { judge } from "../vocabulary/condition.ts";
import { readDocument } from "./document.ts";
import { planOfResources } from "./plan-of-resources.ts";
import type { EvaluatedSources } from "./plan-sources.ts";
import { scan } from "./scan.ts";
import type { ScanSubject } from "./scan-input.ts";

const open = { address: "lab_database.orders", after: { public: true, storage_encrypted: true } };
const main =
  'variable "public" {\n  default = true\n}\n\nresource "lab_database" "orders" {\n  public            = var.public\n  storage_encrypted = true\n}\n';

function subjectOf(files: Record<string, string>, plan: JsonObject = planOf([open])): ScanSubject {
  return { path: "plan.json", kind: "plan", plan, files: new Map(Object.entries(files)), root: "infra" };
}

function resource(values: JsonObject, more: Partial<Resource> = {}): Resource {
  const own = {
    address: "lab_database.orders",
    moduleAddress: "",
    type: "lab_database",
    name: "orders",
    provider: "lab",
  };
  return { ...own, values, unknown: {}, ...more };
}

function evaluation(resources: Resource[], more: Partial<EvaluatedSources> = {}): EvaluatedSources {
  return { resources, providers: [], problems: [], unknowns: [], ...more };
}

describe("a plan", () => {
  it("gives findings with their place and cause, and the exit code 1", async () => {
    const report = await scan(subjectOf({ "infra/main.tf": main }));
    expect(report).toMatchObject({ exitCode: 1, counts: { critical: 1, high: 0 }, judged: { resources: 1, files: 1 } });
    expect(report.findings[0]).toMatchObject({
      rule: "lab-database-public",
      place: { file: "infra/main.tf", line: 6, column: 3 },
      chain: [{ line: 6 }, { file: "infra/main.tf", line: 2 }],
    });
  });

  it.each([
    ["critical", 0],
    ["high", 1],
  ] as const)("fails on %s: %i", async (failOn, exitCode) => {
    const plan = planOf([{ address: "lab_database.orders", after: { public: false, storage_encrypted: false } }]);
    expect(await scan(subjectOf({}, plan), { failOn })).toMatchObject({ exitCode, counts: { high: 1 } });
  });

  it("lists what is known only after apply, and passes", async () => {
    const unknown = { public: true };
    const plan = planOf([{ address: "lab_database.orders", after: { storage_encrypted: true }, unknown }]);
    const report = await scan(subjectOf({}, plan));
    expect(report).toMatchObject({ exitCode: 0, counts: { critical: 0, unknown: 1 } });
    expect(report.findings).toMatchObject([{ rule: "lab-database-public", outcome: "unknown" }]);
  });

  it("that is marked as errored was not judged", async () => {
    expect(await scan(subjectOf({}, planOf([], { errored: true })))).toMatchObject({
      exitCode: 2,
      failures: [{ message: expect.stringContaining("errored") }],
    });
  });

  it("is judged though one of its sources cannot be read, which is told and ends with 2", async () => {
    const report = await scan(subjectOf({ "infra/main.tf": main, "infra/broken.tf": "resource {{" }));
    expect(report.exitCode).toBe(2);
    expect(report.findings.map(({ rule }) => rule)).toEqual(["hcl-syntax", "lab-database-public", "provider-unpinned"]);
  });

  it("with a rule that breaks ends with 2", async () => {
    const [rule] = labDatabaseRules;
    if (!rule) throw new Error("the lab has a rule for databases");
    const failsWhen = judge(() => {
      throw new Error("no");
    });
    const broken = { ...rule, failsWhen };
    expect(await scan(subjectOf({}), { rules: [broken], failOn: "critical" })).toMatchObject({
      exitCode: 2,
      findings: [{ rule: "rule-broken" }],
    });
  });
});

describe("a state", () => {
  const values = { public: true, storage_encrypted: true };
  const file = {
    version: 4,
    lineage: "l",
    resources: [
      {
        module: 'module.shop["eu"]',
        mode: "managed",
        type: "lab_database",
        name: "orders",
        provider: 'provider["example.org/acme/lab"]',
        instances: [
          { index_key: "a", attributes: values },
          { index_key: "old", deposed: "0123", attributes: values },
        ],
      },
      { mode: "data", type: "lab_database", name: "other", instances: [{ attributes: values }] },
    ],
  };
  const shown = {
    format_version: "1.0",
    values: {
      root_module: {
        child_modules: [
          {
            address: 'module.shop["eu"]',
            resources: [
              {
                address: 'module.shop["eu"].lab_database.orders["a"]',
                mode: "managed",
                type: "lab_database",
                name: "orders",
                index: "a",
                values,
              },
            ],
          },
        ],
      },
    },
  };

  it.each([
    ["as a file", file],
    ["as it is shown", shown],
  ])("%s is judged by the values it has", async (_, state) => {
    const document = readDocument(state);
    if (document.kind === "other") throw new Error(document.reason);
    expect(document.kind).toBe("state");
    const report = await scan({ path: "s", kind: document.kind, plan: document.plan, files: new Map() });
    expect(report.findings).toMatchObject([
      { rule: "lab-database-public", outcome: "fail", address: 'module.shop["eu"].lab_database.orders["a"]' },
    ]);
    expect(report.judged.resources).toBe(1);
  });

  it("without resources is clean", async () => {
    const document = readDocument({ version: 4, lineage: "l", resources: [] });
    expect(
      await scan({ path: "s", kind: "state", plan: "plan" in document && document.plan, files: new Map() }),
    ).toMatchObject({
      exitCode: 0,
    });
  });
});

test.each([
  [[], "neither a plan nor a state"],
  [{ "@level": "info", "@message": "Plan: 1 to add" }, "log of a run"],
  [{ version: 3, lineage: "l", modules: [] }, "version 3"],
  [{ hello: 1 }, "neither a plan nor a state"],
])("%j is no document that can be scanned", (value, reason) => {
  expect(readDocument(value)).toMatchObject({ kind: "other", reason: expect.stringContaining(reason) });
});

describe("a directory", () => {
  const directory = (files: Record<string, string>): ScanSubject => ({
    path: ".",
    kind: "directory",
    files: new Map(Object.entries(files)),
  });

  it("is judged by its values, one root module after the other", async () => {
    const asked: string[] = [];
    const report = await scan(directory({ "a/main.tf": main, "b/main.tf": main }), {
      evaluate: (files, { root }) => {
        asked.push(`${root}: ${[...files.keys()].join(", ")}`);
        return evaluation([resource({ public: true, storage_encrypted: true })]);
      },
    });
    expect(asked).toEqual(["a: a/main.tf", "b: b/main.tf"]);
    expect(report.exitCode).toBe(1);
    const places = report.findings.map(({ rule, place }) => `${rule} ${place?.file}:${place?.line}`);
    expect(places.filter((one) => one.startsWith("lab-"))).toEqual([
      "lab-database-public a/main.tf:6",
      "lab-database-public b/main.tf:6",
    ]);
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length);
  });

  it("tells what could not be judged and what is not known", async () => {
    const report = await scan(directory({ "main.tf": main }), {
      evaluate: () =>
        evaluation([resource({ storage_encrypted: true }, { unknown: { public: true } })], {
          problems: [{ message: "The locals a and b need each other.", file: "main.tf", line: 3 }],
          unknowns: [{ what: "The module is not there.", file: "main.tf", line: 5 }],
        }),
    });
    expect(report).toMatchObject({
      exitCode: 2,
      counts: { unknown: 1 },
      failures: [{ message: expect.stringContaining("locals"), places: [{ file: "main.tf", line: 3 }] }],
      unknowns: [{ what: "The module is not there." }],
    });
  });

  it("is not passed where the evaluation itself breaks", async () => {
    const report = await scan(directory({ "main.tf": main }), {
      evaluate: () => {
        throw new Error("out of order");
      },
    });
    expect(report).toMatchObject({ exitCode: 2, failures: [{ message: expect.stringContaining("out of order") }] });
  });

  it("says a fault of syntax once", async () => {
    const report = await scan(directory({ "main.tf": "resource {{" }), {
      evaluate: () => evaluation([], { problems: [{ message: "It cannot be read.", file: "main.tf", line: 1 }] }),
    });
    expect(report).toMatchObject({ exitCode: 2, failures: [], findings: [{ rule: "hcl-syntax" }] });
  });

  it("finds what only stands in values of an environment by its name", async () => {
    const files = {
      "shop/main.tf": main,
      "environments/prod/shop.tfvars": "public = false\n",
      "environments/dev/shop.tfvars": "",
    };
    let given: readonly string[] | undefined;
    await scan(directory(files), {
      environment: "prod",
      evaluate: (_, { variableFiles }) => {
        given = variableFiles;
        return evaluation([]);
      },
    });
    expect(given).toEqual(["environments/prod/shop.tfvars"]);
  });
});

test("resources of modules keep what their code sets when they become a plan", () => {
  const inModule = resource(
    {},
    { moduleAddress: 'module.a["x"].module.b', configured: { expressions: { public: {} } } },
  );
  expect(planOfResources([inModule], "create")).toMatchObject({
    resource_changes: [{ module_address: 'module.a["x"].module.b', change: { actions: ["create"], before: null } }],
    configuration: {
      root_module: {
        module_calls: {
          a: { module: { module_calls: { b: { module: { resources: [{ expressions: { public: {} } }] } } } } },
        },
      },
    },
  });
});

describe("what sources tell of values that come with apply", () => {
  const scanned = async (main: string) => {
    const files = new Map([
      ["main.tf", main],
      ["bucket/main.tf", `resource "aws_s3_bucket" "this" {}\noutput "id" {\n  value = aws_s3_bucket.this.id\n}\n`],
      [
        "access/main.tf",
        `variable "bucket" {}\nresource "aws_s3_bucket_acl" "this" {\n  bucket = var.bucket\n  acl    = "public-read"\n}\n`,
      ],
    ]);
    const { findings } = await scan({ path: ".", kind: "directory", files });
    return findings.map(({ rule, outcome, address }) => `${rule} ${outcome} ${address ?? ""}`);
  };
  const modules = `module "bucket" {\n  source = "./bucket"\n}\nmodule "access" {\n  source = "./access"\n  bucket = module.bucket.id\n}\n`;

  it("joins what different modules make", async () => {
    const block = (bucket: string) => `resource "aws_s3_bucket_public_access_block" "a" {
  bucket                  = ${bucket}
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
`;
    const rule = "aws-s3-bucket-public-acl";
    const found = async (main: string) => (await scanned(main)).filter((line) => line.startsWith(rule));
    expect(await found(modules)).toEqual([`${rule} fail module.access.aws_s3_bucket_acl.this`]);
    expect(await found(modules + block("module.bucket.id"))).toEqual([]);
    const other = `resource "aws_s3_bucket" "b" {}\n${block("aws_s3_bucket.b.id")}`;
    expect(await found(modules + other)).toEqual([`${rule} fail module.access.aws_s3_bucket_acl.this`]);
  });

  it("reads a policy document of which only a name is open", async () => {
    const policy = (action: string) => `resource "aws_iam_policy" "a" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }, { Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.b.arn }]
  })
}
resource "aws_s3_bucket" "b" {}
`;
    expect(await scanned(policy("*"))).toContain("aws-iam-policy-full-administration fail aws_iam_policy.a");
    const rest = (await scanned(policy("kms:ListKeys"))).filter((line) =>
      line.startsWith("aws-iam-policy-full-administration"),
    );
    expect(rest).toEqual([]);
  });
});
