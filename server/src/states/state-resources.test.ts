import { expect, test } from "vitest";
import { stateInventory } from "./state-resources.ts";

test("names every instance by its address, and nothing of what it holds", () => {
  const state = {
    version: 4,
    outputs: { url: { value: "hidden-value" } },
    resources: [
      {
        module: 'module.backup["a"]',
        mode: "managed",
        type: "lab_vault",
        name: "this",
        instances: [{ index_key: 'x"y', attributes: { password: "hidden-value" } }, { deposed: "0badc0de" }],
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
  expect(inventory.outputs).toEqual(["url"]);
  expect(JSON.stringify(inventory)).not.toContain("hidden-value");
  expect(stateInventory(Buffer.from('{"version":4}'))).toEqual({ resources: [], outputs: [] });
});
