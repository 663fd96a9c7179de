import { describe, expect, it } from "vitest";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { followToCause } from "./follow.ts";
import { locate } from "./locate.ts";
import { indexSources } from "./source-index.ts";

function resource(address: string, values: JsonObject = {}): Resource {
  const parts = address.replaceAll(/\[[^\]]*\]/g, "").split(".");
  const [type = "", name = ""] = parts.slice(-2);
  const moduleAddress = address.split(".").slice(0, -2).join(".");
  return { address, moduleAddress, type, name, provider: "p", values, unknown: {} };
}

function trace(
  files: Record<string, string>,
  of: Resource,
  attribute: string,
  variables: JsonObject = {},
): { place: string; chain: string[] } {
  const index = indexSources(new Map(Object.entries(files)), "app");
  const following = { index, variableFiles: Object.keys(files).filter((path) => path.endsWith(".tfvars")), variables };
  const located = locate(index, of, attribute);
  if (!located) return { place: "nowhere", chain: [] };
  return {
    place: `${located.place.file}:${located.place.line}`,
    chain: followToCause(following, located).map((one) => `${one.file}:${one.line} ${one.text}`),
  };
}

describe("the place of an attribute", () => {
  it("is its line, or the block's where it is missing", () => {
    const files = { "app/main.tf": `\nresource "t" "a" {\n  public = true\n}\n` };
    expect(trace(files, resource("t.a"), "public")).toEqual({ place: "app/main.tf:3", chain: [] });
    expect(trace(files, resource("t.a"), "encrypted")).toEqual({ place: "app/main.tf:2", chain: [] });
    expect(trace(files, resource("t.other"), "public").place).toBe("nowhere");
  });

  it("is the nested block that made the element, though sets come in another order", () => {
    const files = {
      "app/main.tf": `resource "t" "a" {\n  rule {\n    port = 22\n  }\n  rule {\n    port = 443\n  }\n}\n`,
    };
    const of = resource("t.a", { rule: [{ port: 443 }, { port: 22 }] });
    expect(trace(files, of, "rule[0].port").place).toBe("app/main.tf:6");
    expect(trace(files, of, "rule[1].port").place).toBe("app/main.tf:3");
  });

  it("is the call of a module whose sources are elsewhere", () => {
    const files = { "app/main.tf": `\nmodule "db" {\n  source = "acme/db/aws"\n}\n` };
    expect(trace(files, resource("module.db.t.a"), "public")).toEqual({ place: "app/main.tf:2", chain: [] });
  });
});

describe("the chain to the cause", () => {
  it("goes over a module's argument, a local and a variable to the tfvars entry", () => {
    const files = {
      "app/main.tf": `variable "open" {\n  default = false\n}\nlocals {\n  open = var.open\n}\nmodule "db" {\n  source = "../modules/db"\n  public = local.open\n}\n`,
      "modules/db/main.tf": `variable "public" {}\nresource "t" "a" {\n  public = var.public\n}\n`,
      "environments/prod/app.tfvars": `open = true\n`,
    };
    expect(trace(files, resource('module.db["x"].t.a[0]'), "public").chain).toEqual([
      "modules/db/main.tf:3 public = var.public",
      "app/main.tf:9 public = local.open",
      "app/main.tf:5 open = var.open",
      "environments/prod/app.tfvars:1 open = true",
    ]);
  });

  it("enters maps by their keys, also through for_each and dynamic", () => {
    const files = {
      "app/main.tf": `locals {\n  ports = {\n    db = 5432\n  }\n}\nresource "t" "a" {\n  size = local.ports["db"]\n  dynamic "rule" {\n    for_each = local.ports\n    content {\n      port = rule.value\n    }\n  }\n}\n`,
    };
    expect(trace(files, resource("t.a"), "size").chain).toEqual([
      'app/main.tf:7 size = local.ports["db"]',
      "app/main.tf:3 db = 5432",
    ]);
    expect(trace(files, resource("t.a", { rule: [{ port: 5432 }] }), "rule[0].port").chain).toEqual([
      "app/main.tf:11 port = rule.value",
      "app/main.tf:9 for_each = local.ports",
      "app/main.tf:2 ports = {",
    ]);
  });

  it("does not blame a default that another value replaced", () => {
    const files = {
      "app/main.tf": `variable "open" {\n  default = false\n}\nresource "t" "a" {\n  public = var.open\n}\n`,
    };
    expect(trace(files, resource("t.a"), "public", { open: { value: false } }).chain).toHaveLength(2);
    expect(trace(files, resource("t.a"), "public", { open: { value: true } }).chain).toEqual([]);
  });

  it("takes the entry of the file that wins", () => {
    const files = {
      "app/main.tf": `variable "open" {}\nresource "t" "a" {\n  public = var.open\n}\n`,
      "environments/prod/common.tfvars": "open = false\n",
      "environments/prod/app.tfvars": "open = true\n",
    };
    expect(trace(files, resource("t.a"), "public").chain.at(-1)).toBe("environments/prod/app.tfvars:1 open = true");
  });

  it("follows outputs of modules, and ends in locals that name each other", () => {
    const files = {
      "app/main.tf": `module "net" {\n  source = "./net"\n}\nlocals {\n  a = local.b\n  b = local.a\n}\nresource "t" "a" {\n  cidr = module.net.cidr\n  loop = local.a\n}\n`,
      "app/net/main.tf": `output "cidr" {\n  value = "0.0.0.0/0"\n}\n`,
    };
    expect(trace(files, resource("t.a"), "cidr").chain.at(-1)).toBe('app/net/main.tf:2 value = "0.0.0.0/0"');
    expect(trace(files, resource("t.a"), "loop").chain.length).toBeLessThan(30);
  });

  it("survives a module that calls itself", () => {
    const files = {
      "app/main.tf": `module "me" {\n  source = "./"\n  x = var.x\n}\nvariable "x" {}\nresource "t" "a" {\n  x = var.x\n}\n`,
    };
    expect(trace(files, resource("module.me.module.me.t.a"), "x").place).toBe("app/main.tf:7");
  });

  it("goes to the entry of a for_each that the instance stands for, also through a module's", () => {
    const files = {
      "app/main.tf": `locals {
  databases = {
    a = { open = false }
    b = { open = true }
  }
}
resource "t" "x" {
  for_each = local.databases
  public   = each.value.open
}
module "db" {
  source   = "../modules/db"
  for_each = local.databases
  public   = each.value.open
}
`,
      "modules/db/main.tf": `variable "public" {}\nresource "t" "a" {\n  public = var.public\n}\n`,
    };
    const own = { ...resource('t.x["b"]'), index: "b" };
    expect(trace(files, own, "public").chain.at(-1)).toBe("app/main.tf:4 b = { open = true }");
    const inModule = { ...resource("module.db.t.a"), moduleAddress: 'module.db["b"]', address: 'module.db["b"].t.a' };
    expect(trace(files, inModule, "public").chain.at(-1)).toBe("app/main.tf:4 b = { open = true }");
  });

  it("is followed in the JSON syntax too", () => {
    const files = {
      "app/main.tf.json": JSON.stringify(
        {
          variable: { open: { default: true } },
          resource: { t: { a: { public: "${var.open}", rule: { port: 22 } } } },
        },
        null,
        2,
      ),
    };
    const found = trace(files, resource("t.a", { rule: [{ port: 22 }] }), "public");
    expect(found.place).toBe("app/main.tf.json:10");
    expect(found.chain.at(-1)).toBe('app/main.tf.json:4 "default": true');
    expect(trace(files, resource("t.a", { rule: [{ port: 22 }] }), "rule[0].port").place).toBe("app/main.tf.json:12");
  });
});
