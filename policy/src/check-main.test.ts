import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { checkProgram } from "./check-program.ts";
import type { CheckRequest } from "./check-request.ts";
import { defaultPolicyConfiguration } from "./configuration/policy-configuration.ts";
import { planOf } from "./testing/plans.ts";

function check(request: string): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [checkProgram], { env: {} }, (fault, stdout, stderr) => {
      resolve({ code: typeof fault?.code === "number" ? fault.code : 0, stdout, stderr });
    });
    child.stdin?.end(request);
  });
}

describe("the program in the sandbox", () => {
  it("answers a request with a judgement", async () => {
    const request: CheckRequest = {
      planJson: planOf([{ address: "lab_bucket.a", after: { public: true, encrypted: true } }]),
      files: { "app/main.tf": `resource "lab_bucket" "a" {\n  public = true\n}\n` },
      componentPath: "app",
      environment: "dev",
      layer: "shared",
      environments: ["dev"],
      policyConfiguration: defaultPolicyConfiguration,
    };
    const { code, stdout, stderr } = await check(JSON.stringify(request));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ rule: "lab-bucket-public", place: { line: 2 } }, { rule: "provider-unpinned" }],
      failures: [],
    });
  });

  it("ends with 2 where there is no request", async () => {
    expect(await check("{")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("cannot be read") });
  });
});
