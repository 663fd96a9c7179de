import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { judgePlan } from "../judging/judge-plan.ts";
import type { JudgeInput } from "../judging/judgement.ts";
import { planOf } from "../testing/plans.ts";
import { base62 } from "./checksums.ts";

const random = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5";
const token = `ghp_${random}${base62(crc32(random), 6)}`;
const password = "hunter2-and-more";

function judge(input: Partial<JudgeInput>): ReturnType<typeof judgePlan> {
  return judgePlan({
    planJson: planOf([]),
    files: new Map(),
    componentPath: "app",
    environment: "dev",
    layer: "shared",
    environments: ["dev"],
    policyConfiguration: defaultPolicyConfiguration,
    ...input,
  });
}

describe("credentials in a change", () => {
  it("are findings at their place that never show the value", async () => {
    const text = `resource "lab_database" "a" {\n  password = "${password}"\n}\n`;
    const files = new Map([["app/main.tf", text]]);
    const texts = new Map([["app/setup.sh", `#!/bin/sh\nexport GITHUB=${token}\n`]]);
    const judgement = await judge({ files, texts, secretsKey: "k" });
    expect(judgement.findings.filter(({ category }) => category === "secrets")).toMatchObject([
      { rule: "secret-credential", severity: "critical", place: { file: "app/setup.sh", line: 2, column: 15 } },
      { rule: "secret-password", severity: "high", place: { file: "app/main.tf", line: 2, column: 15 } },
    ]);
    const said = JSON.stringify(judgement);
    expect(said).not.toContain(token);
    expect(said).not.toContain(password);
    expect(said).toContain('password = \\"••••••\\"');
  });

  it("are hidden in the lines that other findings show", async () => {
    const text = `resource "lab_database" "a" { public = true, password = "${password}" }\n`;
    const plan = planOf([{ address: "lab_database.a", after: { public: true, storage_encrypted: true } }]);
    const judgement = await judge({ planJson: plan, files: new Map([["app/main.tf", text]]) });
    expect(judgement.findings.map(({ rule }) => rule)).toContain("lab-database-public");
    expect(JSON.stringify(judgement)).not.toContain(password);
  });

  it("keep their fingerprint with the key, and tell nothing without it", async () => {
    const at = async (value: string, secretsKey: string) => {
      const files = new Map([["app/main.tf", `locals {\n  password = "${value}"\n}\n`]]);
      return (await judge({ files, secretsKey })).findings[0]?.fingerprint;
    };
    expect(await at(password, "k")).toBe(await at(password, "k"));
    expect(await at(password, "k")).not.toBe(await at(password, "other"));
    expect(await at(password, "k")).not.toBe(await at("another-password", "k"));
  });

  it("are found in planned values that no file holds as they are", async () => {
    const data = Buffer.from(`#!/bin/sh\ncurl -H "Authorization: token ${token}" https://api.github.com\n`);
    const plan = {
      ...planOf([{ address: "aws_instance.a", after: { user_data_base64: data.toString("base64") } }]),
      configuration: {
        root_module: {
          resources: [
            {
              mode: "managed",
              type: "aws_instance",
              name: "a",
              expressions: { user_data_base64: { references: ["path.module"] } },
            },
          ],
        },
      },
    };
    const { findings } = await judge({ planJson: plan });
    expect(findings.find(({ rule }) => rule === "secret-credential")).toMatchObject({
      address: "aws_instance.a",
      attribute: "user_data_base64",
    });
    expect(JSON.stringify(findings)).not.toContain(token);
  });
});
