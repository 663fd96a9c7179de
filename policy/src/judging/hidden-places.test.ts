import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { isReadByConfiguration } from "../scan/source-files.ts";
import { secretName } from "../secrets/named.ts";
import { planOf } from "../testing/plans.ts";
import { judgePlan } from "./judge-plan.ts";

const address = "aws_security_group.a";
const expressions = { name: { constant_value: "a" }, description: { constant_value: "d" } };
/** A group whose rules are known only after apply: what makes them stands in no `expressions` of a plan. */
const plan = {
  ...planOf([{ address, after: { name: "a", description: "d" }, unknown: { ingress: true, egress: true } }]),
  configuration: {
    root_module: { resources: [{ mode: "managed", type: "aws_security_group", name: "a", expressions }] },
  },
};
const bare = 'resource "aws_security_group" "a" {\n  name = "a"\n  description = "d"\n}\n';
const opening = `resource "aws_security_group" "a" {\n  dynamic "ingress" {\n    for_each = terraform_data.ports.output\n    content {\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n`;

/** Findings about resources. */
async function judge(planJson: unknown, files: Record<string, string>): Promise<Finding[]> {
  const { findings } = await judgePlan({
    planJson,
    files: new Map(Object.entries(files)),
    componentPath: "app",
    environment: "dev",
    layer: "",
    environments: ["dev"],
    policyConfiguration: defaultPolicyConfiguration,
  });
  return findings.filter((finding) => finding.address !== undefined);
}

/** Which rules cannot tell yet whether the group is open. */
async function open(files: Record<string, string>): Promise<string[]> {
  const findings = await judge(plan, files);
  return findings.filter(({ outcome }) => outcome === "unknown").map(({ rule }) => rule);
}

describe("blocks that are made where nobody looks", () => {
  it("are none where no file makes any", async () => {
    expect(await open({ "app/main.tf": bare })).toEqual([]);
  });

  it("are seen in an override file, native or JSON", async () => {
    expect(await open({ "app/main.tf": bare, "app/main_override.tf": opening })).toContain(
      "aws-sg-world-open-administration",
    );
    const json = {
      resource: { aws_security_group: { a: { dynamic: { ingress: { for_each: "${x.y}", content: {} } } } } },
    };
    expect(await open({ "app/main.tf": bare, "app/override.tf.json": JSON.stringify(json) })).toContain(
      "aws-sg-world-open-administration",
    );
  });
});

it("sees through what hands on a value that a plan does not show", async () => {
  const code = `resource "terraform_data" "a" {
  input = { public = true, encrypted = true }
}
resource "lab_bucket" "b" {
  name      = "b"
  public    = terraform_data.a.output.public
  encrypted = terraform_data.a.output.encrypted
}
`;
  const handed = {
    ...planOf([
      { address: "terraform_data.a", after: { input: { public: true, encrypted: true } }, unknown: { output: true } },
      { address: "lab_bucket.b", after: { name: "b" }, unknown: { public: true, encrypted: true } },
    ]),
    configuration: {
      root_module: {
        resources: [
          {
            mode: "managed",
            type: "lab_bucket",
            name: "b",
            expressions: { public: { references: ["terraform_data.a.output"] }, encrypted: { references: [] } },
          },
        ],
      },
    },
  };
  const found = await judge(handed, { "app/main.tf": code });
  expect(found.map(({ rule, outcome }) => [rule, outcome])).toEqual([["lab-bucket-public", "fail"]]);
});

it("looks for credentials also where a plan shows nothing, and in files of any usual name", () => {
  expect([secretName("password_wo"), secretName("secret_string_wo"), secretName("password_wo_version")]).toEqual([
    "password",
    "key",
    undefined,
  ]);
  const usual = ["t/start", "t/user data", "t/init.bash", "Dockerfile", "x.tftest.hcl", "c/app.py", "t/a.user-data"];
  const others = ["logo.png", "lambda.zip", "x.tfstate"];
  expect([...usual, ...others].filter((path) => isReadByConfiguration(path))).toEqual(usual);
});
