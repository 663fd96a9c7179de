import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { JsonObject } from "../resources/json.ts";
import { planOf } from "../testing/plans.ts";
import { judgeApplied } from "./judge-applied.ts";
import { judgePlan } from "./judge-plan.ts";

const where = { environment: "prod", layer: "shared", policyConfiguration: defaultPolicyConfiguration };

async function planned(): Promise<Finding[]> {
  const planJson = planOf([
    {
      address: "module.db.lab_database.main",
      after: { public: false },
      unknown: { storage_encrypted: true },
    },
  ]);
  const files = new Map([
    ["main.tf", `module "db" {\n  source = "./db"\n}\n`],
    ["db/main.tf", `resource "lab_database" "main" {\n  public = false\n  storage_encrypted = random_id.x.flag\n}\n`],
  ]);
  return (await judgePlan({ ...where, planJson, files, componentPath: ".", environments: [] })).findings;
}

function stateOf(attributes: JsonObject): JsonObject {
  const instances = [{ attributes }];
  return {
    version: 4,
    resources: [{ module: "module.db", mode: "managed", type: "lab_database", name: "main", provider: "", instances }],
  };
}

describe("judging what was known only after apply", () => {
  it("finds what turned out wrong, as the next plan does, at the place of the code", async () => {
    const findings = await planned();
    const unknown = findings.find(({ rule }) => rule === "lab-database-storage-encrypted");
    expect(unknown).toMatchObject({ outcome: "unknown", place: { file: "db/main.tf", line: 3 } });
    const state = stateOf({ public: false, storage_encrypted: false });
    const verdicts = await judgeApplied({ ...where, state, findings });
    expect(verdicts).toEqual([{ unknown, failed: [{ ...unknown, outcome: "fail" }] }]);
  });

  it("says of what turned out well that nothing is wrong", async () => {
    const state = stateOf({ public: false, storage_encrypted: true });
    const verdicts = await judgeApplied({ ...where, state, findings: await planned() });
    expect(verdicts).toMatchObject([{ failed: [] }]);
  });

  it("gives no verdict on what is not there, what other scanners said, and where there is no state", async () => {
    const findings = await planned();
    expect(await judgeApplied({ ...where, state: { version: 4, resources: [] }, findings })).toEqual([]);
    expect(await judgeApplied({ ...where, state: null, findings })).toEqual([]);
    const others = findings.map((finding) => ({ ...finding, rule: "from-rego", source: "rego" }));
    expect(await judgeApplied({ ...where, state: stateOf({}), findings: others })).toEqual([]);
  });
});
