import { describe, expect, it } from "vitest";
import { preparePolicies } from "./prepare.ts";

function shapes(files: Record<string, string>) {
  const { policies } = preparePolicies(
    new Map(Object.entries(files).map(([name, text]) => [`policies/${name}`, text])),
  );
  return Object.fromEntries(policies.map(({ path, shapes: found }) => [path.slice("policies/".length), found]));
}

describe("what a policy expects as input", () => {
  it.each([
    ['deny[m] { input.resource_type == "x"; m := "" }', ["resource"]],
    ['deny[m] { input["resource_type"] == "x"; m := "" }', ["resource"]],
    ['deny[m] { input.planned_values.acl == "x"; m := "" }', ["resource"]],
    ['deny[m] { input.planned_values["acl"] == "x"; m := "" }', ["resource"]],
    ['deny[m] { input.planned_values.root_module.resources[_].type == "x"; m := "" }', ["plan"]],
    ['import input as plan\ndeny[m] { plan.resource_changes[_].type == "x"; m := "" }', ["plan"]],
    ['deny[m] { input[_].contents.resource_changes[_].type == "x"; m := "" }', ["combined"]],
    ['deny contains m if { some file in input; file.contents.resource_changes; m := "" }', ["combined"]],
    ['deny[m] { m := "look at input.resource_type" }', ["plan"]],
    ['# input.resource_type\ndeny[m] { input.variables; m := "" }', ["plan"]],
    ['deny[m] { input.resource_type; input.resource_changes; m := "" }', ["resource", "plan"]],
  ])("%j", (text, expected) => {
    expect(shapes({ "a.rego": `package a\n${text}` })).toEqual({ "a.rego": expected });
  });

  it("may be told by a helper in its package, or in one that it imports", () => {
    expect(
      shapes({
        "a.rego": "package main\ndeny[m] { is_bucket; m := `` }",
        "helpers.rego": 'package main\nis_bucket { input.resource_type == "aws_s3_bucket" }',
        "b.rego": "package b\nimport data.lib.types\ndeny[m] { types.is_queue; m := `` }",
        "lib/types.rego": 'package lib.types\nis_queue { input.resource_type == "aws_sqs_queue" }',
        "c.rego": "package c\ndeny[m] { input.variables.x; m := `` }",
      }),
    ).toMatchObject({ "a.rego": ["resource"], "b.rego": ["resource"], "c.rego": ["plan"] });
  });
});
