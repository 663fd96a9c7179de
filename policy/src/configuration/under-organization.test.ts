import fc from "fast-check";
import { expect, test } from "vitest";
import type { Severity } from "@plumbline/contract/findings";
import { effectivePolicy } from "./effective-policy.ts";
import { readPolicies } from "./read-policies.ts";
import { readPolicyConfiguration } from "./read-policy-configuration.ts";
import { underOrganization } from "./under-organization.ts";

function read(text: string) {
  const { configuration, problems } = readPolicyConfiguration(`version: 1\n${text}`, "policies/plumbline-policy.yaml");
  expect(problems).toEqual([]);
  return configuration;
}

function laid(organization: string, own: string) {
  return underOrganization(read(own), read(organization));
}

test("parameters and severities: organization, repository, layer, environment; what blocks adds up", () => {
  const configuration = laid(
    `parameters: { allowed_regions: [eu-west-1], max_resources: 100 }
rules: { resource-naming: off }
block: [medium]
environments: { prod: { parameters: { max_resources: 50 } } }
`,
    `parameters: { allowed_regions: [eu-central-1], required_tags: [owner], max_resources: 300 }
rules: { resource-naming: low }
layers: { platform: { block: [low], rules: { resource-naming: high } } }
`,
  );
  expect(effectivePolicy(configuration, "dev", "shared")).toMatchObject({
    rules: { "resource-naming": { enabled: true, severity: "low" } },
    parameters: { allowed_regions: ["eu-central-1"], required_tags: ["owner"], max_resources: 300 },
    block: new Set(["critical", "high", "medium"]),
  });
  expect(effectivePolicy(configuration, "prod", "platform")).toMatchObject({
    rules: { "resource-naming": { enabled: true, severity: "high" } },
    parameters: { max_resources: 50 },
    block: new Set(["critical", "high", "medium", "low"]),
  });
});

test.each([
  ["on", "off", { enabled: true }],
  ["on", "low", { enabled: true }],
  ["on", "critical", { enabled: true, severity: "critical" }],
  ["medium", "off", { enabled: true, severity: "medium" }],
  ["medium", "low", { enabled: true, severity: "medium" }],
  ["medium", "on", { enabled: true, severity: "medium" }],
  ["medium", "high", { enabled: true, severity: "high" }],
  ["medium", "{ enabled: false, severity: critical }", { enabled: true, severity: "medium" }],
  ["off", "on", { enabled: true }],
])("a rule that the organization sets to %s and the repository to %s", (organization, own, expected) => {
  for (const scope of [
    `rules: { lab-bucket-public: ${own} }`,
    `environments: { prod: { rules: { lab-bucket-public: ${own} } } }`,
    `layers: { shared: { rules: { lab-bucket-public: ${own} } } }`,
  ]) {
    const configuration = laid(`rules: { lab-bucket-public: ${organization} }`, scope);
    expect(effectivePolicy(configuration, "prod", "shared").rules["lab-bucket-public"]).toEqual(expected);
  }
});

test("no repository weakens a rule, in whichever scope either speaks", () => {
  const severities: Severity[] = ["low", "medium", "high", "critical"];
  const word = fc.constantFrom("on", "off", ...severities);
  const scope = fc.constantFrom("", "layers", "environments");
  const says = (where: string, value: string) =>
    where === ""
      ? `rules: { lab-bucket-public: ${value} }`
      : `${where}: { ${where === "layers" ? "shared" : '"*"'}: { rules: { lab-bucket-public: ${value} } } }`;
  fc.assert(
    fc.property(fc.constantFrom(...severities), scope, word, scope, (wanted, whereWanted, said, where) => {
      const configuration = laid(says(whereWanted, wanted), says(where, said));
      const found = effectivePolicy(configuration, "prod", "shared").rules["lab-bucket-public"];
      expect(found?.enabled).toBe(true);
      expect(severities.indexOf(found?.severity ?? "low")).toBeGreaterThanOrEqual(severities.indexOf(wanted));
    }),
  );
});

test("a rule that the organization sets on keeps the organization's parameter", () => {
  const own = `parameters: { allowed_regions: [anywhere], allowed_networks: [0.0.0.0/0] }
environments: { prod: { parameters: { allowed_regions: [us-east-1] } } }
`;
  const configuration = laid(
    "rules: { allowed-regions: on }\nparameters: { allowed_regions: [eu-central-1], allowed_networks: [10.0.0.0/8] }\n",
    own,
  );
  expect(effectivePolicy(configuration, "prod", "shared").parameters).toEqual({
    allowed_regions: ["eu-central-1"],
    allowed_networks: ["0.0.0.0/0"],
  });
});

test("of days the smaller limit holds; every scanner runs as the organization wants it", () => {
  const configuration = laid(
    "baseline: { max_days: 30 }\nwaivers: { max_days: 20 }\nscanners: [{ name: checkov }]\nrego: { timeout: 5s }\n",
    "baseline: { days: 90, max_days: 120 }\nwaivers: { max_days: 60 }\nscanners: [{ name: checkov, skip: [A] }, { name: trivy }]\nrego: { timeout: 1s }\n",
  );
  expect(effectivePolicy(configuration, "prod", "shared").baselineDays).toBe(30);
  expect(configuration).toMatchObject({
    waiverMaxDays: 20,
    rego: { timeoutMs: 5000 },
    scanners: [
      { name: "checkov", kind: "checkov" },
      { name: "trivy", kind: "trivy" },
    ],
  });
  expect(laid("baseline: { max_days: 90 }", "baseline: { max_days: 10 }").baselineMaxDays).toBe(10);
});

test("old findings block at once where either says so", () => {
  expect(effectivePolicy(laid("environments: { prod: { block: all } }", ""), "prod", "x").blockOld).toBe(true);
  expect(effectivePolicy(laid("", "block: all"), "prod", "x").blockOld).toBe(true);
  expect(effectivePolicy(laid("", ""), "prod", "x").blockOld).toBe(false);
});

test("a broken file of the organization is a problem that names the repository", () => {
  const organization = { repository: "rules", policyConfiguration: "version: 1\nblock: [worst]\n" };
  expect(readPolicies({ policyConfiguration: null, organization }).problems).toMatchObject([
    { file: "rules:policies/plumbline-policy.yaml", line: 2, message: expect.stringContaining("worst") },
  ]);
  const good = readPolicies({
    policyConfiguration: "version: 1\n",
    organization: { ...organization, policyConfiguration: "version: 1\nblock: [low]\n" },
  });
  expect(good.problems).toEqual([]);
  expect(effectivePolicy(good.configuration, "dev", "x").block.has("low")).toBe(true);
});
