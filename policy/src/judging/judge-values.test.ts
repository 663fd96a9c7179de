import { describe, expect, it } from "vitest";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { driftOf, liveOf } from "../testing/plans.ts";
import { judgeValues } from "./judge-values.ts";

const rule = (port: number, cidr: string) => ({ port, protocol: "tcp", cidr });

function verdicts(planJson: unknown) {
  return judgeValues({
    planJson,
    environment: "prod",
    layer: "shared",
    policyConfiguration: defaultPolicyConfiguration,
  });
}

describe("judging live values", () => {
  const database = {
    address: "lab_database.main",
    after: { public: false, storage_encrypted: false, tags: { a: "2" } },
  };

  it("gives a port that somebody opened to the world its severity, a changed tag a low one", async () => {
    const before = { ingress: [rule(443, "0.0.0.0/0")] };
    const after = { ingress: [rule(443, "0.0.0.0/0"), rule(5432, "0.0.0.0/0")] };
    const found = await verdicts(
      liveOf(
        [{ address: "lab_firewall.main", after }, database],
        [
          driftOf("lab_firewall.main", before, after),
          driftOf("lab_database.main", { ...database.after, tags: { a: "1" } }, database.after),
        ],
      ),
    );
    expect(found.get("lab_firewall.main")).toMatchObject({
      severity: "critical",
      introduced: [{ rule: "lab-firewall-world-open-database" }],
    });
    // It was unencrypted before: a finding, and not what the drift brought.
    expect(found.get("lab_database.main")).toMatchObject({
      severity: "low",
      introduced: [],
      findings: [{ rule: "lab-database-storage-encrypted" }],
    });
  });

  it("says low where a resource was deleted, and nothing where nothing drifted", async () => {
    const found = await verdicts(liveOf([], [driftOf("lab_bucket.a", { public: true }, null)]));
    expect([...found]).toEqual([["lab_bucket.a", { findings: [], introduced: [], severity: "low" }]]);
    expect((await verdicts(liveOf([], []))).size).toBe(0);
    expect((await verdicts("no plan")).size).toBe(0);
  });
});
