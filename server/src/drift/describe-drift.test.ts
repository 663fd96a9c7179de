import type { DisplayValue, Finding, ResourceView } from "@plumbline/contract";
import type { PlanView } from "@plumbline/contract";
import { expect, test } from "vitest";
import { describeDrift } from "./describe-drift.ts";

const value = (text: string): DisplayValue => ({ kind: "value", text });
const resource = (
  address: string,
  action: ResourceView["action"],
  attributes: [string, DisplayValue, DisplayValue][] = [],
): ResourceView => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  name: address.split(".")[1] ?? "",
  action,
  actions: [action],
  replacePaths: [],
  importing: false,
  attributes: attributes.map(([path, before, after]) => ({ path, change: "change", before, after, replaces: false })),
  unchanged: 0,
  hidden: 0,
});
const plan = (more: Partial<PlanView>): PlanView => ({
  version: 1,
  engineVersion: "1.11.0",
  counts: { add: 0, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0, outside: 0 },
  changes: false,
  complete: true,
  errored: false,
  resources: [],
  outputs: [],
  outside: [],
  hidden: { resources: 0, outputs: 0, outside: 0 },
  ...more,
});

const finding: Finding = {
  fingerprint: "f",
  rule: "aws-rds-public",
  severity: "high",
  category: "network",
  title: "A database is public",
  why: "",
  fix: "",
  outcome: "fail",
  chain: [],
  source: "plumbline",
  controls: [],
};

test("nothing outside and nothing to do is no drift, and neither is a data source that would be read", () => {
  expect(describeDrift(plan({}), new Map())).toBeUndefined();
  expect(
    describeDrift(plan({ resources: [{ ...resource("data.x", "read"), mode: "data" }] }), new Map()),
  ).toBeUndefined();
});

test.each([
  [resource("lab_bucket.a", "delete"), "lab_bucket.a was deleted", "high"],
  [
    resource("lab_bucket.a", "update", [["acl", value('"private"'), value('"public"')]]),
    'acl of lab_bucket.a was changed from "private" to "public"',
    "low",
  ],
  [
    resource("lab_bucket.a", "update", [["key", { kind: "sensitive" }, { kind: "sensitive" }]]),
    "key of lab_bucket.a was changed from a sensitive value to a sensitive value",
    "low",
  ],
  [
    resource("aws_security_group.db", "update", [
      ["ingress[0].cidr_blocks[0]", { kind: "absent" }, value('"0.0.0.0/0"')],
      ["ingress[0].from_port", { kind: "absent" }, value("5432")],
      ["ingress[0].to_port", { kind: "absent" }, value("5433")],
    ]),
    "Port 5432–5433 of aws_security_group.db is open to 0.0.0.0/0",
    "low",
  ],
  [
    resource("rule.db", "update", [["cidr_ipv6", value('"fd00::/8"'), value('"::/0"')]]),
    "rule.db is open to ::/0",
    "low",
  ],
] as const)("%#: the worst is said in words", (changed, title, severity) => {
  const undone = resource(changed.address, changed.action === "delete" ? "create" : "update");
  const found = describeDrift(plan({ outside: [changed], resources: [undone], changes: true }), new Map());
  expect(found).toMatchObject({ title, severity });
});

test("what the code would not undo and no rule minds is a provider's own noise", () => {
  const noise = resource("aws_db_instance.a", "update", [["latest_restorable_time", value('"1"'), value('"2"')]]);
  expect(describeDrift(plan({ outside: [noise] }), new Map())).toBeUndefined();
  const minded = { introduced: [finding], severity: "high" as const };
  const found = describeDrift(plan({ outside: [noise] }), new Map([["aws_db_instance.a", minded]]));
  expect(found).toMatchObject({ severity: "high", resources: [{ address: "aws_db_instance.a" }] });
});

test("what the code declares stands beside what was applied and what is live", () => {
  const changed = resource("lab_firewall.db", "update", [
    ["port", value("5432"), value("22")],
    ["seen", value('"1"'), value('"2"')],
  ]);
  const undone = resource("lab_firewall.db", "update", [["port", value("22"), value("5433")]]);
  const found = describeDrift(plan({ outside: [changed], resources: [undone], changes: true }), new Map());
  expect(found?.resources[0]?.attributes).toMatchObject([
    { path: "port", before: value("5432"), code: value("5433"), after: value("22") },
    { path: "seen", before: value('"1"'), after: value('"2"') },
  ]);
  expect(found?.resources[0]?.attributes[1]).not.toHaveProperty("code");
});

test("what the code would do again is told from the cloud's side", () => {
  const found = describeDrift(plan({ resources: [resource("lab_bucket.a", "create")], changes: true }), new Map());
  expect(found).toMatchObject({ title: "lab_bucket.a was deleted", resources: [{ action: "delete" }] });
  const both = describeDrift(
    plan({
      outside: [resource("lab_bucket.a", "delete")],
      resources: [resource("lab_bucket.a", "create")],
      changes: true,
    }),
    new Map(),
  );
  expect(both?.resources).toHaveLength(1);
});
