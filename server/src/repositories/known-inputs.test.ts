import type { Repository } from "@plumbline/contract/api/repositories";
import { expect, test } from "vitest";
import { withKnownInputs } from "./known-inputs.ts";

type Component = Repository["components"][number];

function repository(name: string, components: (Pick<Component, "name" | "environments"> & Partial<Component>)[]) {
  return {
    name,
    gitUrl: "",
    headCommit: null,
    createdAt: "2026-11-22T00:00:00.000Z",
    layers: ["base"],
    environments: [],
    problems: [],
    components: components.map((component) => ({
      path: component.name,
      layer: "base",
      dependsOn: [],
      inputs: [],
      ...component,
    })),
  } satisfies Repository;
}

test("a component names what it takes only where somebody sees that too, in an environment of both", () => {
  const portal = {
    name: "portal",
    environments: ["globex/prod"],
    dependsOn: ["network", "vault"],
    inputs: [
      { variable: "net", from: "network.id" },
      { variable: "key", from: "vault.key" },
      { variable: "line", from: "backbone:line.id" },
      { variable: "trunk", from: "backbone:trunk.id" },
      { variable: "secret", from: "initech-tools:secret.id" },
    ],
  };
  const [shop] = withKnownInputs([
    repository("shop", [{ name: "network", environments: ["globex/prod", "globex/test"] }, portal]),
    repository("backbone", [
      { name: "line", environments: ["globex/prod"] },
      { name: "trunk", environments: ["globex/test"] },
    ]),
  ]);
  const shown = shop?.components.find(({ name }) => name === "portal");
  expect(shown?.dependsOn).toEqual(["network"]);
  expect(shown?.inputs.map(({ variable }) => variable)).toEqual(["net", "line"]);
});
