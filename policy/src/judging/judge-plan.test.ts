import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import { standingOf } from "../gate/standing.ts";
import { findOpa } from "../rego/find-opa.ts";
import type { Rule } from "../rule.ts";
import { catalogue } from "../rules/catalogue.ts";
import { planOf } from "../testing/plans.ts";
import { judge } from "../vocabulary/condition.ts";
import { judgePlan } from "./judge-plan.ts";
import type { JudgeInput, Judgement } from "./judgement.ts";

/** Whether a finding that nobody has seen before stops a change. */
function blocks(finding: Judgement["findings"][number], policy: PolicyConfiguration, environment: string): boolean {
  const standing = standingOf({
    finding,
    known: undefined,
    waivers: [],
    touched: false,
    environment,
    policy: effectivePolicy(policy, environment, "shared"),
    now: new Date(),
  });
  return standing?.blocks === true;
}

/** The same of a whole judgement: what could not be judged stops it too. */
function isBlocked({ findings, failures }: Judgement): boolean {
  return failures.length > 0 || findings.some((finding) => blocks(finding, defaultPolicyConfiguration, "prod"));
}

const source = `resource "lab_database" "main" {
  name   = "orders"
  public = var.public
}
resource "lab_firewall" "main" {
  ingress {
    port = 443
    cidr = "0.0.0.0/0"
  }
  ingress {
    port = 5432
    cidr = "0.0.0.0/0"
  }
}
terraform {
  required_providers {
    lab = { source = "plumbline/lab", version = "1.0.0" }
  }
}
`;

const ingress = (...ports: number[]) => ports.map((port) => ({ port, protocol: "tcp", cidr: "0.0.0.0/0" }));
const database = { address: "lab_database.main", after: { name: "orders", public: true, storage_encrypted: null } };

function inputOf(more: Partial<JudgeInput> = {}): JudgeInput {
  return {
    planJson: planOf([database, { address: "lab_firewall.main", after: { ingress: ingress(443, 5432) } }]),
    files: new Map([
      ["components/db/main.tf", source],
      ["environments/prod/db.tfvars", "public = true\n"],
    ]),
    componentPath: "components/db",
    environment: "prod",
    layer: "shared",
    environments: ["dev", "prod"],
    policyConfiguration: defaultPolicyConfiguration,
    ...more,
  };
}

describe("judging a plan", () => {
  it("finds the three faults of a public, unencrypted, open database, worst first, each at its line", async () => {
    const { findings, judged, failures, places } = await judgePlan(inputOf());
    expect(places).toEqual({
      "lab_database.main": { file: "components/db/main.tf", line: 1, lines: { name: 2, public: 3 } },
      "lab_firewall.main": {
        file: "components/db/main.tf",
        line: 5,
        lines: { "ingress[0].port": 7, "ingress[0].cidr": 8, "ingress[1].port": 11, "ingress[1].cidr": 12 },
      },
    });
    expect(findings.map((one) => [one.severity, one.rule, `${one.place?.file}:${one.place?.line}`])).toEqual([
      ["critical", "lab-database-public", "components/db/main.tf:3"],
      ["critical", "lab-firewall-world-open-database", "components/db/main.tf:12"],
      ["high", "lab-database-storage-encrypted", "components/db/main.tf:1"],
    ]);
    expect(findings[0]?.chain.at(-1)).toMatchObject({
      file: "environments/prod/db.tfvars",
      line: 1,
      text: "public = true",
    });
    expect(judged.resources).toBe(2);
    expect(failures).toEqual([]);
    for (const finding of findings) expect(blocks(finding, defaultPolicyConfiguration, "prod")).toBe(true);
  });

  it("gives the same fingerprints when rules are reordered and code moves", async () => {
    const first = await judgePlan(inputOf());
    const second = await judgePlan(
      inputOf({
        planJson: planOf([database, { address: "lab_firewall.main", after: { ingress: ingress(5432, 443) } }]),
        files: new Map([["components/db/other.tf", `\n\n${source}`]]),
      }),
    );
    expect(second.findings.map((one) => one.fingerprint)).toEqual(first.findings.map((one) => one.fingerprint));
    expect(new Set(first.findings.map((one) => one.fingerprint)).size).toBe(3);
  });

  it("says unknown, and does not block, where a value comes only with apply", async () => {
    const plan = planOf([
      { address: "lab_database.main", after: { storage_encrypted: true }, unknown: { public: true } },
    ]);
    const judgement = await judgePlan(inputOf({ planJson: plan }));
    expect(judgement.findings.map((one) => [one.rule, one.outcome])).toEqual([["lab-database-public", "unknown"]]);
    expect(isBlocked(judgement)).toBe(false);
  });

  it("makes a rule that throws a finding, and loses no other", async () => {
    const broken: Rule = {
      ...catalogue[0]!,
      id: "broken-rule",
      failsWhen: judge(() => {
        throw new Error("no such thing");
      }),
    };
    const { findings } = await judgePlan(inputOf(), [broken, ...catalogue]);
    expect(findings.map((one) => one.rule).sort()).toEqual([
      "lab-database-public",
      "lab-database-storage-encrypted",
      "lab-firewall-world-open-database",
      "rule-broken",
    ]);
    expect(findings.find((one) => one.rule === "rule-broken")).toMatchObject({
      severity: "high",
      title: expect.stringContaining("broken-rule"),
    });
  });

  it("judges what it can of broken sources, and blocks", async () => {
    const files = new Map([
      ["components/db/main.tf", source],
      ["components/db/bad.tf", "resource {{\n"],
    ]);
    const { findings } = await judgePlan(inputOf({ files }));
    expect(findings.map((one) => one.rule)).toContain("lab-database-public");
    expect(findings.find((one) => one.rule === "hcl-syntax")).toMatchObject({
      severity: "critical",
      place: { file: "components/db/bad.tf", line: 1 },
    });
  });

  it("cannot be told to overlook a file it cannot read", async () => {
    const off = { ...defaultPolicyConfiguration, rules: { "hcl-syntax": { enabled: false } } };
    const { findings } = await judgePlan(
      inputOf({ files: new Map([["components/db/bad.tf", "x = ="]]), policyConfiguration: off }),
    );
    expect(findings.some((one) => one.rule === "hcl-syntax")).toBe(true);
  });

  it.each([null, [], "plan", {}, { format_version: "1.2", errored: true }])(
    "fails closed for %j, which is no whole plan",
    async (planJson) => {
      const judgement = await judgePlan(inputOf({ planJson }));
      expect(judgement.failures).toMatchObject([{ code: "policy_unjudged" }]);
      expect(isBlocked(judgement)).toBe(true);
    },
  );

  it("follows switches, severities and parameters of layer and environment", async () => {
    const policyConfiguration = {
      ...defaultPolicyConfiguration,
      rules: { "lab-database-public": { enabled: false } },
      parameters: { required_tags: ["owner"] },
      layers: {
        shared: {
          rules: { "lab-database-storage-encrypted": { enabled: true, severity: "low" as const } },
          parameters: {},
          block: [],
        },
      },
      environments: {
        prod: { rules: {}, parameters: {}, block: ["critical" as const, "high" as const, "low" as const] },
      },
    };
    const { findings } = await judgePlan(inputOf({ policyConfiguration }));
    expect(findings.map((one) => [one.rule, one.severity])).toEqual([
      ["lab-firewall-world-open-database", "critical"],
      ["lab-database-storage-encrypted", "low"],
    ]);
    expect(findings.map((one) => blocks(one, policyConfiguration, "prod"))).toEqual([true, true]);
    expect(findings.map((one) => blocks(one, policyConfiguration, "dev"))).toEqual([true, false]);
  });

  it("lets the worst stand for those that nothing tells apart", async () => {
    const rego = `package main\nviolation[{"msg": "same", "severity": level}] { level := ["low", "medium"][_] }\n`;
    const files = new Map([["policies/same.rego", rego]]);
    const { findings } = await judgePlan(
      inputOf({ rego: { opa: (await findOpa()) ?? "", files, directory: tmpdir() } }),
      [],
    );
    expect(findings.filter(({ title }) => title === "same").map(({ severity }) => severity)).toEqual(["medium"]);
  });

  it("sees the region that a provider gives to all its resources", async () => {
    const planJson = planOf([], {
      variables: { region: { value: "us-east-1" } },
      configuration: {
        provider_config: { aws: { name: "aws", expressions: { region: { references: ["var.region"] } } } },
      },
    });
    const files = new Map([
      ["components/db/main.tf", `provider "aws" {\n  region = var.region\n}\n`],
      ["environments/prod/db.tfvars", 'region = "us-east-1"\n'],
    ]);
    const policyConfiguration = { ...defaultPolicyConfiguration, parameters: { allowed_regions: ["eu-central-1"] } };
    const { findings } = await judgePlan(inputOf({ planJson, files, policyConfiguration }));
    expect(findings).toMatchObject([{ rule: "allowed-regions", address: "provider.aws", place: { line: 2 } }]);
    expect(findings[0]?.chain.at(-1)?.file).toBe("environments/prod/db.tfvars");
  });

  it("reports unexplained values of its own environment only", async () => {
    const environmentValues = new Map([
      ["environments/dev/db.tfvars", "size = 1\n"],
      ["environments/prod/db.tfvars", "size = 2\n"],
    ]);
    const { findings } = await judgePlan(inputOf({ planJson: planOf([]), environmentValues }));
    expect(findings).toMatchObject([
      { rule: "environment-value-unexplained", severity: "low", place: { file: "environments/prod/db.tfvars" } },
    ]);
  });

  it("compares values files by whose they are, wherever they lie", async () => {
    const environmentValues = new Map([
      ["db/all.tfvars", "size = 9\n"],
      ["db/vars/dev.tfvars", "size = 1\n"],
      ["db/vars/prod.tfvars", "size = 2\n"],
    ]);
    const valuesOf = {
      "db/all.tfvars": { environments: ["dev", "prod"], set: "1" },
      "db/vars/dev.tfvars": { environments: ["dev"], set: "2" },
      "db/vars/prod.tfvars": { environments: ["prod"], set: "2" },
    };
    const { findings } = await judgePlan(inputOf({ planJson: planOf([]), environmentValues, valuesOf }));
    expect(findings).toMatchObject([{ place: { file: "db/vars/prod.tfvars" } }]);
  });
});
