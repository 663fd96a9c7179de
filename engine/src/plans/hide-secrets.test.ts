import { expect, test } from "vitest";
import { hideSecrets } from "./hide-secrets.ts";

const secret = "hunter2-Correct-Horse";
const given = "sealed-Value-42";
const encoded = Buffer.from(given).toString("base64");
const resource = { address: "a.b", values: { password: secret, port: 1, name: "orders" } };
const plan = {
  variables: { token: { value: secret }, size: { value: "large" }, loose: { value: given } },
  configuration: { root_module: { variables: { token: { sensitive: true } } } },
  planned_values: {
    outputs: {
      url: { sensitive: true, value: `https://u:${secret}@host` },
      name: { sensitive: false, value: "orders" },
    },
    root_module: {
      child_modules: [{ resources: [{ ...resource, sensitive_values: { password: true, port: true } }] }],
    },
  },
  resource_changes: [
    {
      address: "a.b",
      type: "postgresql_role",
      change: {
        actions: ["update"],
        before: { password: "another-Old-One", keys: { [secret]: "x", plain: "y" }, on: true, engine: "postgresql" },
        before_sensitive: { password: true, keys: true, on: true },
        after: { password: null, user: "postgresql", list: [secret, "plain"], user_data: `export A=${encoded}` },
        after_sensitive: { password: true, user: true, list: [true, false] },
      },
    },
  ],
  prior_state: { values: { root_module: { resources: [{ ...resource, sensitive_values: { password: true } }] } } },
};

test("takes every secret out of a plan, marked or not, encoded or not, and leaves the rest", () => {
  const text = hideSecrets(Buffer.from(JSON.stringify(plan)), [given]).toString("utf8");
  for (const hidden of [secret, given, encoded, "another-Old-One"]) expect(text).not.toContain(hidden);
  const shown = JSON.parse(text);
  expect(shown.variables).toEqual({
    token: { value: "(sensitive value)" },
    size: { value: "large" },
    loose: { value: "(sensitive value)" },
  });
  expect(shown.planned_values.root_module.child_modules[0].resources[0].values).toEqual({
    password: "(sensitive value)",
    port: 0,
    name: "orders",
  });
  expect(shown.planned_values.outputs.name.value).toBe("orders");
  expect(shown.resource_changes[0]).toMatchObject({
    address: "a.b",
    type: "postgresql_role",
    change: {
      actions: ["update"],
      before: { keys: { plain: "(sensitive value)" }, on: true, engine: "postgresql" },
      after: { password: null, list: ["(sensitive value)", "plain"], user: "(sensitive value)" },
    },
  });
});
