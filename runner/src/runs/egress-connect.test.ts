import { expect, it } from "vitest";
import { connectEgress } from "./egress-connect.ts";

it("refuses names that lead to this machine, and what is not allowed, at the runner again", async () => {
  const rules = {
    names: { "lab.cloud": "127.0.0.1:1" },
    allow: { init: [], plan: ["localhost:1", "lab.cloud:*"], apply: [] },
  };
  await expect(connectEgress(rules, "plan", "localhost:1")).rejects.toThrow("belongs to this machine");
  await expect(connectEgress(rules, "plan", "example.com:443")).rejects.toThrow("is not allowed in plan");
  await expect(connectEgress(rules, "apply", "lab.cloud:80")).rejects.toThrow("is not allowed in apply");
  // declared: it is tried, and nobody listens
  await expect(connectEgress(rules, "plan", "lab.cloud:80")).rejects.toThrow("ECONNREFUSED");
});
