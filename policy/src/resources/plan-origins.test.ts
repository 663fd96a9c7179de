import { describe, expect, it } from "vitest";
import { resourcesOfPlan } from "./from-plan.ts";
import type { JsonObject } from "./json.ts";

const refersTo = (...references: string[]): JsonObject => ({ references });
const resource = (type: string, expressions: JsonObject): JsonObject => ({
  mode: "managed",
  type,
  name: "this",
  expressions,
});

/** A module that makes a bucket, and one that is given one, called in several ways. */
function origins(calls: JsonObject, address: string): readonly string[] | undefined {
  const maker = {
    resources: [resource("aws_s3_bucket", {})],
    outputs: { id: { expression: refersTo("aws_s3_bucket.this.id", "aws_s3_bucket.this") } },
  };
  const taker = { resources: [resource("aws_s3_bucket_acl", { bucket: refersTo("var.bucket") })] };
  const modules = Object.entries(calls).map(([name, call]) => [
    name,
    { ...Object(call), module: name.startsWith("maker") ? maker : taker },
  ]);
  const made = (moduleAddress: string, type: string, unknown: JsonObject): JsonObject => ({
    address: `${moduleAddress}.${type}.this`,
    module_address: moduleAddress,
    mode: "managed",
    type,
    name: "this",
    change: { actions: ["create"], before: null, after: {}, after_unknown: unknown },
  });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      made("module.maker", "aws_s3_bucket", { id: true }),
      made('module.makers["a"]', "aws_s3_bucket", { id: true }),
      made(address, "aws_s3_bucket_acl", { bucket: true }),
    ],
    configuration: { root_module: { module_calls: Object.fromEntries(modules) } },
  };
  return resourcesOfPlan(plan)
    .find(({ type }) => type === "aws_s3_bucket_acl")
    ?.origins?.get("bucket");
}

const each = { for_each_expression: {} };

describe("what gives an attribute its value", () => {
  it("is followed over a module's argument and another module's output", () => {
    const calls = { maker: {}, taker: { expressions: { bucket: refersTo("module.maker.id", "module.maker") } } };
    expect(origins(calls, "module.taker")).toEqual(["module.maker.aws_s3_bucket.this"]);
  });

  it("is followed to the instance that is named", () => {
    const named = refersTo('module.makers["a"].id', 'module.makers["a"]');
    expect(origins({ makers: each, taker: { expressions: { bucket: named } } }, "module.taker")).toEqual([
      'module.makers["a"].aws_s3_bucket.this',
    ]);
  });

  it("is left open where a plan does not say which instance or output it is, or a variable of the root gives it", () => {
    for (const reference of ["module.makers", "var.given", "local.bucket"]) {
      const calls = { makers: each, taker: { ...each, expressions: { bucket: refersTo(reference, "each.key") } } };
      expect(origins(calls, 'module.taker["a"]')).toBeUndefined();
    }
  });
});
