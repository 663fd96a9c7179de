import { describe, expect, it } from "vitest";
import { followToCause } from "../sources/follow.ts";
import { locate } from "../sources/locate.ts";
import { indexSources } from "../sources/source-index.ts";
import type { Evaluation } from "./evaluation.ts";
import { evaluateDirectory } from "./evaluate-directory.ts";

function evaluate(files: Record<string, string>, root = "."): Evaluation {
  return evaluateDirectory(new Map(Object.entries(files)), { root });
}

describe("unknown values", () => {
  it("never become values", () => {
    const { resources, unknowns } = evaluate({
      "main.tf": `
variable "open" {}
data "aws_vpc" "main" {}
resource "a_b" "x" {
  name    = "n-\${var.open}"
  either  = var.open ? 1 : 2
  same    = var.open ? "a" : "a"
  decided = false && var.open
  list    = [var.open, "z"]
  guess   = try(var.open.x, "fallback")
  vpc     = data.aws_vpc.main.cidr_block
  made_up = provider::x::y("z")
  mixed   = "1" == 1
}`,
    });
    expect(resources[0]?.values).toEqual({ same: "a", decided: false, list: [null, "z"] });
    expect(resources[0]?.unknown).toMatchObject({
      name: true,
      either: true,
      guess: true,
      mixed: true,
      vpc: true,
      list: [true, false],
    });
    expect(unknowns.map(({ what }) => what)).toEqual([
      "the variable open has no value",
      "data.aws_vpc.main is read only when the plan is made",
      "the function provider::x::y is not evaluated",
    ]);
  });

  it("leave one instance without a key, and keep static blocks beside dynamic ones", () => {
    const { resources } = evaluate({
      "main.tf": `
variable "open" {}
resource "a_b" "x" {
  for_each = var.open
  key      = each.key
  fixed    = 1
  rule { port = 1 }
  dynamic "rule" {
    for_each = var.open
    content { port = 2 }
  }
}`,
    });
    expect(resources).toHaveLength(1);
    expect(resources[0]).toMatchObject({ address: "a_b.x", values: { fixed: 1, rule: [{ port: 1 }, null] } });
    expect(resources[0]?.unknown).toEqual({ key: true, rule: [false, true] });
    expect(resources[0]).not.toHaveProperty("index");
  });

  it("come from remote modules, which are named", () => {
    const { resources, unknowns } = evaluate({
      "main.tf": `module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\nresource "a_b" "x" {\n  id = module.vpc.id\n}`,
    });
    expect(resources[0]?.unknown).toEqual({ id: true });
    expect(unknowns).toEqual([
      {
        address: "module.vpc",
        what: "the module vpc comes from terraform-aws-modules/vpc/aws, which is not among the sources",
        file: "main.tf",
        line: 1,
      },
    ]);
  });

  it("tell which resource they come from, through modules", () => {
    const { origins } = evaluate({
      "main.tf": `module "m" {\n  source = "./m"\n}\nresource "aws_s3_bucket_policy" "p" {\n  bucket = module.m.id\n}`,
      "m/main.tf": `resource "aws_s3_bucket" "b" {\n  for_each = toset(["k"])\n}\noutput "id" {\n  value = aws_s3_bucket.b["k"].id\n}`,
    });
    expect(origins.get("aws_s3_bucket_policy.p")?.get("bucket")).toEqual([
      { address: 'module.m.aws_s3_bucket.b["k"]', attribute: "id" },
    ]);
  });
});

it("gives addresses and values by which places and causes are found", async () => {
  const files = new Map([
    [
      "main.tf",
      `module "m" {\n  source   = "./m"\n  for_each = toset(["k.x"])\n  open     = local.open\n}\nlocals {\n  open = "0.0.0.0/0"\n}`,
    ],
    [
      "m/main.tf",
      `variable "open" {}\nresource "a_b" "x" {\n  rule {\n    cidr = "10.0.0.0/8"\n  }\n  rule {\n    cidr = var.open\n  }\n}`,
    ],
  ]);
  const { resources, places } = evaluateDirectory(files, { root: "." });
  const [resource] = resources;
  if (!resource) throw new Error("there is no resource");
  expect(resource.address).toBe('module.m["k.x"].a_b.x');
  expect(places.get(resource.address)).toEqual({ file: "m/main.tf", line: 2, column: 1 });
  const index = indexSources(files, ".");
  const located = locate(index, resource, "rule[1].cidr");
  expect(located?.place).toMatchObject({ file: "m/main.tf", line: 7 });
  const chain = located ? followToCause({ index, variableFiles: [], variables: {} }, located) : [];
  expect(chain.map(({ file, line }) => `${file}:${line}`)).toEqual(["m/main.tf:7", "main.tf:4", "main.tf:7"]);
});

describe("bad input", () => {
  it("is told with its place, and the rest is evaluated", () => {
    const { resources, problems } = evaluate({
      "broken.tf": `resource "a_b" "lost" {\n  name = [1,\n}\n\nresource "a_b" "kept" {\n  name = 1\n}\n`,
      "fine.tf": `resource "a_b" "fine" {}`,
      "broken.tf.json": `{"resource": {"a_b": }`,
    });
    expect(resources.map(({ address }) => address)).toEqual(["a_b.kept", "a_b.fine"]);
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["broken.tf:3", "broken.tf.json:1"]);
  });

  it("in circles ends as a problem", () => {
    const { resources, problems } = evaluate({
      "main.tf": `locals {\n  a = local.b\n  b = "x\${local.a}"\n}\nmodule "self" {\n  source = "./"\n}\nresource "a_b" "x" {\n  v = local.a\n  w = 1\n}`,
    });
    expect(resources[0]).toMatchObject({ values: { w: 1 }, unknown: { v: true } });
    expect(problems.map(({ message }) => message)).toEqual([
      "These refer to each other in a circle: local.a → local.b → local.a",
      "The module . includes itself",
    ]);
  });

  it.each([
    ["doubling lists", "[local.#, local.#]", "[1]"],
    ["doubling texts", '"${local.#}${local.#}"', '"xxxxxxxx"'],
    ["long chains", "local.#", "1"],
  ])("cannot take the machine down by %s", (_, step, start) => {
    const lines = Array.from(
      { length: 3000 },
      (_unused, place) => `  l${place + 1} = ${step.replaceAll("#", `l${place}`)}`,
    );
    const text = `locals {\n  l0 = ${start}\n${lines.toReversed().join("\n")}\n}\nresource "a_b" "x" {\n  v = local.l3000\n  w = 1\n}`;
    const { resources, problems } = evaluate({ "main.tf": text });
    expect(resources[0]?.values["w"]).toBe(1);
    expect(JSON.stringify(resources[0]?.unknown)).toContain("true");
    expect(problems.length).toBeGreaterThan(0);
  });

  it("nested without end, wild patterns and modules by the thousand are refused", () => {
    const deep = evaluate({ "main.tf": `locals {\n  a = ${"[".repeat(100_000)}\n}` });
    expect(deep.problems[0]?.message).toMatch(/Nested deeper/);
    const wild = evaluate({ "main.tf": `resource "a_b" "x" {\n  v = regex("^(a+)+$", "${"a".repeat(60)}!")\n}` });
    expect(wild.resources[0]?.unknown).toEqual({ v: true });
    const many = evaluate({ "main.tf": `resource "a_b" "x" {\n  count = 1000000\n}\nresource "a_b" "y" {}` });
    expect(many.problems[0]?.message).toMatch(/count makes more than/);
    expect(many.resources.map(({ address }) => address)).toContain("a_b.y");
  });

  it("may be called like a member of every object", () => {
    const { resources } = evaluate({
      "main.tf": `resource "a_b" "x" {\n  __proto__ = "p"\n  constructor = toString("x")\n}`,
    });
    expect(Object.hasOwn(resources[0]?.values ?? {}, "__proto__")).toBe(true);
  });
});

describe("variables", () => {
  it("come from files and the caller, the later the stronger", () => {
    const files = new Map([
      [
        "c/shop/main.tf",
        `variable "a" {}\nvariable "b" { default = 0 }\nvariable "c" {}\nresource "a_b" "x" {\n  v = [var.a, var.b, var.c]\n}`,
      ],
      ["c/shop/terraform.tfvars", "a = 1\nb = 1\nc = 1"],
      ["environments/dev/common.tfvars", "b = 2\nc = 2"],
      ["environments/dev/shop.tfvars", "c = 3"],
      ["environments/prod/shop.tfvars", "c = 4"],
    ]);
    const values = (options: object) =>
      evaluateDirectory(files, { root: "c/shop", ...options }).resources[0]?.values["v"];
    expect(values({ environment: "dev" })).toEqual([1, 2, 3]);
    expect(values({ variableFiles: ["environments/prod/shop.tfvars"], variables: { a: 9 } })).toEqual([9, 1, 4]);
  });
});

it("evaluates a thousand files in time that grows with their size", () => {
  const block = (place: number): string =>
    `resource "aws_s3_bucket" "b${place}" {\n  bucket = "\${var.prefix}-${place}"\n  tags = merge(local.tags, { Name = "b${place}" })\n\n  logging {\n    target_bucket = aws_s3_bucket.b0.id\n    target_prefix = format("%s/%d", local.name, ${place})\n  }\n}\n`;
  const files = (count: number): Map<string, string> =>
    new Map([
      ["main.tf", `variable "prefix" {\n  default = "p"\n}\nlocals {\n  tags = { a = "b" }\n  name = "n"\n}\n`],
      ...Array.from({ length: count }, (_, place): [string, string] => [
        `f${place}.tf`,
        Array.from({ length: 5 }, (_unused, inner) => block(place * 5 + inner)).join(""),
      ]),
    ]);
  const seconds = (count: number): number => {
    const input = files(count);
    const start = process.cpuUsage();
    expect(evaluateDirectory(input, { root: "." }).resources).toHaveLength(count * 5);
    const used = process.cpuUsage(start);
    return (used.user + used.system) / 1e6;
  };
  seconds(100);
  const [small, large] = [seconds(250), seconds(1000)];
  expect(large).toBeLessThan(4);
  expect(large / small).toBeLessThan(9);
});
