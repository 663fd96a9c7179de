import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { findOpa } from "../rego/find-opa.ts";
import { planOf } from "../testing/plans.ts";
import { judgePlan } from "./judge-plan.ts";

const opa = await findOpa();
const directory = await mkdtemp(join(tmpdir(), "organization-rego-test-"));
afterAll(() => rm(directory, { recursive: true }));

const organization = {
  "rules:policies/buckets.rego": `package main
deny contains {"msg": msg, "address": resource.address} if {
	some resource in input.resource_changes
	not data.lists.open[resource.name]
	not is_excused(resource)
	msg := sprintf("%s is not on the list", [resource.name])
}
is_excused(resource) if resource.name == "excused"
`,
  "rules:policies/lists/open.yaml": "open: { press: true }\n",
};

async function judge(own: Record<string, string>, outer: Record<string, string> = organization) {
  if (opa === undefined) throw new Error("no OPA on this machine: install the optional package, or put opa on PATH");
  const addresses = ["lab_bucket.press", "lab_bucket.excused", "lab_bucket.logs"];
  const judgement = await judgePlan({
    planJson: planOf(addresses.map((address) => ({ address, after: {} }))),
    files: new Map(),
    componentPath: "components/shop",
    environment: "dev",
    layer: "shared",
    environments: ["dev"],
    policyConfiguration: defaultPolicyConfiguration,
    rego: { opa, files: new Map(Object.entries(own)), directory },
    organizationRego: { opa, files: new Map(Object.entries(outer)), root: "rules:policies", directory },
  });
  return {
    found: judgement.findings.flatMap(({ source, severity, address, why }) =>
      source === "rego" ? [`${severity} ${address ?? "plan"}: ${why}`] : [],
    ),
    policies: judgement.judged.policies,
    failures: judgement.failures.map(({ detail }) => detail),
  };
}

const told = "high lab_bucket.logs: A policy says so: rules:policies/buckets.rego.";

test("the organization's policies judge beside the repository's, with their own data", async () => {
  expect(
    await judge({ "policies/own.rego": `package own\nwarn contains "mind the gap" if data.lists.open.logs\n` }),
  ).toEqual({ found: [told], policies: 2, failures: [] });
});

test.each([
  ["an exception", { "policies/x.rego": `package main\nexception contains rules if rules := [""]\n` }],
  ["another way to be excused", { "policies/x.rego": "package main\nis_excused(resource) if resource.name\n" }],
  ["data on the list", { "policies/lists/more.yaml": "open: { logs: true }\n" }],
  [
    "the same said milder",
    {
      "policies/x.rego": `package main
deny contains {"msg": "logs is not on the list", "address": "lab_bucket.logs", "severity": "low"} if true
`,
    },
  ],
])("the repository cannot weaken them by %s", async (_name, own) => {
  const { found, failures } = await judge(own);
  expect(failures).toEqual([]);
  expect(found).toEqual([told]);
});

test("one that does not compile is a failure that names the repository, and the repository's own still judge", async () => {
  const { found, failures } = await judge(
    { "policies/own.rego": `package own\ndeny contains "no" if true\n` },
    { "rules:policies/broken.rego": "package main\n\ndeny contains if\n" },
  );
  expect(found).toEqual(["high plan: A policy says so: policies/own.rego."]);
  expect(failures).toEqual([expect.stringMatching(/^rules:policies\/broken\.rego:3: /)]);
});
