import { expect, test } from "vitest";
import { stateInventory } from "./state-resources.ts";

test("names every instance by its address, and nothing of what it holds", () => {
  const state = {
    version: 4,
    outputs: { url: { value: "hidden-value" }, key: { value: "hidden-value", sensitive: true } },
    resources: [
      {
        module: 'module.backup["a"]',
        mode: "managed",
        type: "lab_vault",
        name: "this",
        instances: [
          {
            index_key: 'x"y',
            attributes: { password: "hidden-value" },
            dependencies: ["lab_zone.main", "lab_key.main"],
          },
          { deposed: "0badc0de" },
        ],
      },
      { mode: "data", type: "lab_zone", name: "main", instances: [{ index_key: 0 }] },
    ],
  };
  const inventory = stateInventory(Buffer.from(JSON.stringify(state)));
  expect(inventory.resources.map(({ address, module }) => [address, module])).toEqual([
    ["data.lab_zone.main[0]", ""],
    ['module.backup["a"].lab_vault.this (deposed 0badc0de)', 'module.backup["a"]'],
    ['module.backup["a"].lab_vault.this["x\\"y"]', 'module.backup["a"]'],
  ]);
  expect(inventory.resources[2]).toMatchObject({
    resource: "module.backup.lab_vault.this",
    dependsOn: ["lab_key.main", "lab_zone.main"],
  });
  expect(inventory.outputs).toEqual([
    { name: "key", sensitive: true },
    { name: "url", sensitive: false },
  ]);
  expect(JSON.stringify(inventory)).not.toContain("hidden-value");
  expect(stateInventory(Buffer.from('{"version":4}'))).toEqual({ resources: [], outputs: [] });
});
