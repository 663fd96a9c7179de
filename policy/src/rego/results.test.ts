import { expect, test } from "vitest";
import { redactor } from "./redact.ts";
import { toFindings } from "./results.ts";

test("takes sensitive values out of every text that a policy gives", () => {
  const change = { after: { password: "Correct-Horse" }, after_sensitive: { password: true } };
  const value = { msg: "m Correct-Horse", address: "a.Correct-Horse", attribute: "b.Correct-Horse" };
  const redact = redactor({ resource_changes: [{ change }] });
  const found = toFindings([{ package: "main", rule: "deny", resource: -1, value }], [], [], redact);
  expect(JSON.stringify(found)).not.toContain("Correct-Horse");
  expect(found[0]?.finding).toMatchObject({ address: "a.(sensitive value)", attribute: "b.(sensitive value)" });
});
