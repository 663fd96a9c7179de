import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "./effective-policy.ts";
import { defaultPolicyConfiguration } from "./policy-configuration.ts";
import { readPolicyConfiguration, topKeys } from "./read-policy-configuration.ts";
import { parameterKeys } from "./read-parameters.ts";

function read(text: string) {
  const { configuration, problems } = readPolicyConfiguration(text, "policies/plumbline-policy.yaml");
  return { configuration, problems: problems.map((one) => `${one.line}:${one.column} ${one.message}`) };
}

describe("policies/plumbline-policy.yaml", () => {
  it("is read with its scopes", () => {
    const { configuration, problems } = read(`version: 1
rules:
  lab-bucket-public: off
  resource-naming: high
  required-tags: { severity: critical }
parameters:
  required_tags: [owner]
  naming: { lab_bucket: "[a-z-]+", "*": ".*" }
environments:
  globex/*:
    block: [critical, high, medium]
    parameters: { allowed_regions: [eu-central-1] }
layers:
  platform: { block: [critical, high, low] }
rego: { timeout: 500ms }
scanners: [{ name: checkov }, { name: house, kind: sarif, skip: [X1] }]
`);
    expect(problems).toEqual([]);
    const policy = effectivePolicy(configuration, "globex/prod", "platform");
    expect(policy.rules).toEqual({
      "lab-bucket-public": { enabled: false },
      "resource-naming": { enabled: true, severity: "high" },
      "required-tags": { enabled: true, severity: "critical" },
    });
    expect(policy.parameters).toEqual({
      required_tags: ["owner"],
      naming: { lab_bucket: "[a-z-]+", "*": ".*" },
      allowed_regions: ["eu-central-1"],
    });
    expect([...policy.block].sort()).toEqual(["critical", "high", "low", "medium"]);
    expect([...effectivePolicy(configuration, "globex/eu/prod", "shared").block].sort()).toEqual(["critical", "high"]);
    expect(configuration.rego.timeoutMs).toBe(500);
    expect(configuration.scanners).toEqual([
      { name: "checkov", kind: "checkov" },
      { name: "house", kind: "sarif", skip: ["X1"] },
    ]);
  });

  it.each([
    ["version: 2", "1:10 version must be 1."],
    ["rules: {}", "1:1 version must be 1."],
    ["version: 1\nrule: {}", '2:1 Unknown key "rule"'],
    ["version: 1\nrules:\n  lab-bucket-pubic: off", '3:3 There is no rule "lab-bucket-pubic". Did you mean'],
    ["version: 1\nrules:\n  lab-bucket-public: maybe", "3:22 rules.lab-bucket-public must be"],
    ["version: 1\nblock: [critical, high, bad]", '2:25 "bad" is no severity'],
    [
      "version: 1\nbaseline: { days: 181 }",
      "2:19 baseline.days is 181; baseline.max_days of the whole file allows 180",
    ],
    ["version: 1\nbaseline: { days: soon }", "2:19 baseline.days is a whole number"],
    ["version: 1\nenvironments: { dev: { baseline: { max_days: 9 } } }", '2:36 Unknown key "max_days"'],
    ["version: 1\nwaivers: { max_days: 0 }", "2:22 waivers.max_days is a whole number"],
    ["version: 1\nparameters: { regions: [a] }", '2:15 Unknown parameter "regions"'],
    ["version: 1\nparameters: { required_tags: owner }", "2:30 required_tags must be a list"],
    ["version: 1\nparameters: { naming: { a: '(' } }", "2:28 naming.a is not a regular expression"],
    ["version: 1\nparameters: { naming: { a: '(a+)+' } }", "2:28 naming.a repeats a group"],
    ["version: 1\nparameters: { naming: { a: '(a|aa)*b' } }", "2:28 naming.a repeats a group"],
    ["version: 1\nparameters: { naming: { a: '(a*)b*c*d*e*' } }", "2:28 naming.a can match in too many ways"],
    ["version: 1\nparameters: { naming: { a: '(a)\\1' } }", "2:28 naming.a uses back references"],
    ["version: 1\nscanners: [checkov]", "2:12 A scanner is a map"],
    ["version: 1\nscanners: [{ name: checkov, run: rm }]", '2:29 Unknown key "run"'],
    [
      "version: 1\nscanners: [{ name: own, kind: shell }]",
      "2:31 A scanner's kind is one of checkov, trivy, sarif, sentinel",
    ],
    ["version: 1\nscanners: [{ name: '../x', kind: sarif }]", "2:20 A scanner's name is"],
    ["version: 1\nscanners: [{ name: trivy }, { name: trivy }]", "2:29 The scanner trivy is named twice"],
    ["version: 1\nrego: { timeout: 2h }", "2:18 rego.timeout is a time"],
    ["version: 1\nversion: 1", "2:1 Map keys must be unique"],
    ["a: [", "1:5 "],
    ["- a", "1:1 The file is a map"],
    ["version: 1\nenvironments: { prod: 1 }", "2:23 environments.prod must be a map"],
  ])("%j is told with line and column", (text, start) => {
    const { problems } = read(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(start);
  });

  it("says how long old findings are only reported, and how long waivers may last", () => {
    const { configuration, problems } = read(`version: 1
baseline: { days: 60, max_days: 120 }
waivers: { max_days: 30 }
environments:
  prod: { block: all }
  dev: { baseline: { days: 120 } }
layers:
  platform: { block: [medium, all], baseline: { days: 10 } }
`);
    expect(problems).toEqual([]);
    expect(configuration.waiverMaxDays).toBe(30);
    expect(effectivePolicy(configuration, "prod", "shared")).toMatchObject({ blockOld: true, baselineDays: 60 });
    expect(effectivePolicy(configuration, "dev", "shared")).toMatchObject({ blockOld: false, baselineDays: 120 });
    expect(effectivePolicy(configuration, "test", "platform")).toMatchObject({ blockOld: true, baselineDays: 10 });
    expect(effectivePolicy(defaultPolicyConfiguration, "test", "platform").baselineDays).toBe(90);
  });

  it("may be empty", () => {
    expect(read("# nothing yet\n")).toEqual({ configuration: defaultPolicyConfiguration, problems: [] });
  });

  it("never throws, and never lets critical or high through", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(
          fc.constantFrom(
            "version: 1",
            "\n",
            "block:",
            " ",
            "[low]",
            "rules:",
            "- a",
            "{",
            "&a",
            "*a",
            "environments: ",
            "!!x",
          ),
        ),
        (text, parts) => {
          const { configuration } = read(`${parts.join("")}${text}`);
          const { block } = effectivePolicy(configuration, "prod", "shared");
          expect([...block]).toEqual(expect.arrayContaining(["critical", "high"]));
        },
      ),
    );
  });

  it("has a JSON Schema with the same keys", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../schema/plumbline-policy.schema.json", import.meta.url), "utf8"),
    );
    expect(Object.keys(schema.properties).sort()).toEqual([...topKeys].sort());
    expect(Object.keys(schema.$defs.parameters.properties).sort()).toEqual([...parameterKeys].sort());
  });
});
