import { expect, test } from "vitest";
import { resourcesOfPlan } from "../resources/from-plan.ts";
import { planOf } from "../testing/plans.ts";
import { attributeLines } from "./attribute-lines.ts";
import { indexSources } from "./source-index.ts";

const source = `resource "lab_firewall" "main" {
  name = "web"
  tags = {
    Owner  = "web"
    "a b"  = var.text
  }
  flat = { one = 1 }
  ingress {
    port = 443
    cidr = "0.0.0.0/0"
  }
  ingress {
    port = 5432

    from {
      name = "office"
    }
  }
  dynamic "egress" {
    for_each = [1]
    content {
      port = egress.value
    }
  }
}
`;
const after = {
  name: "web",
  tags: { Owner: "web", "a b": "x" },
  flat: { one: 1 },
  // A set comes in another order than the code's.
  ingress: [
    { port: 5432, cidr: null, from: [{ name: "office" }] },
    { port: 443, cidr: "0.0.0.0/0", from: [] },
  ],
  egress: [{ port: 1 }],
  computed: "by the provider",
};

function linesOf(files: Record<string, string>, before: object | null, values: object = after) {
  const [resource] = resourcesOfPlan(planOf([{ address: "lab_firewall.main", after: values as never }]));
  if (resource === undefined) throw new Error("the plan has one resource");
  return attributeLines(indexSources(new Map(Object.entries(files)), "c"), resource, before as never);
}

test("attributes, entries of maps and those of nested blocks have the lines that set them", () => {
  expect(linesOf({ "c/main.tf": source }, null)).toEqual({
    name: 2,
    tags: 3,
    "tags.Owner": 4,
    'tags["a b"]': 5,
    flat: 7,
    "ingress[0].port": 13,
    "ingress[0].from[0].name": 16,
    "ingress[1].port": 9,
    "ingress[1].cidr": 10,
    "egress[0].port": 22,
  });
});

test("what stays as it is has none", () => {
  expect(linesOf({ "c/main.tf": source }, { ...after, name: "old" })).toEqual({ name: 2 });
  expect(linesOf({ "c/main.tf": source }, after)).toEqual({});
});

test("what an override file sets, what is JSON and what has no block has none", () => {
  const override = 'resource "lab_firewall" "main" {\n  name = "other"\n  ingress {\n    port = 1\n  }\n}\n';
  const lines = linesOf({ "c/main.tf": source, "c/main_override.tf": override }, null);
  expect(Object.keys(lines).filter((path) => /^(?:name|ingress)/.test(path))).toEqual([]);
  expect(lines["flat"]).toBe(7);
  const json = JSON.stringify({ resource: { lab_firewall: { main: { name: "web" } } } });
  expect(linesOf({ "c/main.tf.json": json }, null)).toEqual({});
  expect(linesOf({ "c/other.tf": "" }, null)).toEqual({});
});
