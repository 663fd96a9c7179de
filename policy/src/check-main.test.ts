import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { checkProgram } from "./check-program.ts";
import type { CheckRequest } from "./check-request.ts";
import { defaultPolicyConfiguration } from "./configuration/policy-configuration.ts";
import { findOpa } from "./rego/find-opa.ts";
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

  it("runs the tests of policies where they come along", async () => {
    const opa = await findOpa();
    if (opa === undefined) throw new Error("no OPA on this machine: install the optional package, or put opa on PATH");
    const request: CheckRequest = {
      planJson: planOf([]),
      files: {},
      componentPath: ".",
      environment: "dev",
      layer: "shared",
      environments: ["dev"],
      policyConfiguration: defaultPolicyConfiguration,
      rego: {
        opa,
        directory: tmpdir(),
        files: { "policies/a.rego": "package a\n\ndeny[msg] { input.x; msg := `x` }\n" },
        tests: { "policies/a_test.rego": "package a\n\ntest_none { count(deny) == 1 }\n" },
      },
    };
    const { stdout } = await check(JSON.stringify(request));
    expect(JSON.parse(stdout).failures).toEqual([
      expect.objectContaining({
        detail: "policies/a_test.rego:3: test_none failed.",
        places: [{ file: "policies/a_test.rego", line: 3 }],
      }),
    ]);
  });

  it("ends with 2 where there is no request", async () => {
    expect(await check("{")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("cannot be read") });
  });
});
