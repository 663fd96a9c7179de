import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { JsonObject } from "../resources/json.ts";
import { judgePlan } from "./judge-plan.ts";

const rule = "aws-iam-policy-full-administration";

/** What is said of a policy that a plan shows as known only after apply, with its sources. */
async function judged(statement: string, variables: JsonObject = {}): Promise<string[]> {
  const references = ["var.action", "aws_s3_bucket.b.arn", "aws_s3_bucket.b"];
  const main = `variable "action" {
  default = "*"
}
resource "aws_s3_bucket" "b" {}
resource "aws_iam_policy" "a" {
  policy = jsonencode({
    Statement = [${statement}]
  })
}
`;
  const planJson = {
    format_version: "1.2",
    variables,
    resource_changes: [
      {
        address: "aws_iam_policy.a",
        mode: "managed",
        type: "aws_iam_policy",
        name: "a",
        provider_name: "aws",
        change: { actions: ["create"], before: null, after: {}, after_unknown: { policy: true, arn: true } },
      },
    ],
    configuration: {
      root_module: {
        resources: [{ mode: "managed", type: "aws_iam_policy", name: "a", expressions: { policy: { references } } }],
      },
    },
  };
  const { findings } = await judgePlan({
    planJson,
    files: new Map([["app/main.tf", main]]),
    componentPath: "app",
    environment: "prod",
    layer: "shared",
    environments: [],
    policyConfiguration: defaultPolicyConfiguration,
  });
  return findings.filter((finding) => finding.rule === rule).map(({ outcome }) => outcome);
}

describe("a policy document that a plan does not know yet", () => {
  const action = 'Effect = "Allow", Action = var.action';

  const named = '{ Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.b.arn }';

  it("is read from the sources, with the values that the plan was made with", async () => {
    expect(await judged(`${named}, { ${action}, Resource = "*" }`)).toEqual(["fail"]);
    expect(await judged(`${named}, { ${action}, Resource = "*" }`, { action: { value: "s3:GetObject" } })).toEqual([]);
  });

  it("holds no pattern where a provider gives a name, alone or in a text", async () => {
    expect(await judged(`{ ${action}, Resource = aws_s3_bucket.b.arn }`)).toEqual([]);
    expect(await judged(`{ ${action}, Resource = "\${aws_s3_bucket.b.arn}/*" }`)).toEqual([]);
  });
});

describe("blocks of dynamic that the provider may have some of its own of", () => {
  const main = (rules: string) => `variable "rules" {
  default = ${rules}
}
resource "aws_default_security_group" "a" {
  vpc_id = "vpc-1"
  dynamic "ingress" {
    for_each = var.rules
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`;
  const type = "aws_default_security_group";
  const planJson = {
    format_version: "1.2",
    resource_changes: [
      {
        address: `${type}.a`,
        mode: "managed",
        type,
        name: "a",
        provider_name: "aws",
        change: { actions: ["create"], before: null, after: { vpc_id: "vpc-1" }, after_unknown: { ingress: true } },
      },
    ],
    configuration: {
      root_module: { resources: [{ mode: "managed", type, name: "a", expressions: { vpc_id: {} } }] },
    },
  };

  it.each([
    ["[]", []],
    ["[22]", ["aws-sg-world-open-administration fail"]],
  ])("are as many as the code makes of %s", async (rules, expected) => {
    const { findings } = await judgePlan({
      planJson,
      files: new Map([["main.tf", main(rules)]]),
      componentPath: ".",
      environment: "prod",
      layer: "shared",
      environments: [],
      policyConfiguration: defaultPolicyConfiguration,
    });
    const critical = findings.filter(({ severity }) => severity === "critical");
    expect(critical.map(({ rule: name, outcome }) => `${name} ${outcome}`)).toEqual(expected);
  });
});
