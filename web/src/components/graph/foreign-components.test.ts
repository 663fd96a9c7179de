import { expect, test } from "vitest";
import type { AnswerOf } from "../../api/endpoints.ts";
import { graphParts } from "./foreign-components.ts";
import { layOut } from "./graph-layout.ts";

type Repository = AnswerOf<"listRepositories">["items"][number];
type Component = Repository["components"][number];

function repository(name: string, components: (Pick<Component, "name"> & Partial<Component>)[]): Repository {
  return {
    name,
    gitUrl: "",
    headCommit: null,
    createdAt: "2026-11-22T00:00:00.000Z",
    layers: ["base"],
    environments: [],
    problems: [],
    components: components.map((one) => ({
      path: one.name,
      layer: "base",
      dependsOn: [],
      environments: ["dev"],
      inputs: [],
      ...one,
    })),
  };
}

const backbone = repository("backbone", [{ name: "line" }, { name: "quiet" }]);
const shop = repository("shop", [
  { name: "portal", inputs: [{ variable: "net", from: "backbone:line.id" }] },
  { name: "desk", dependsOn: ["portal"], inputs: [{ variable: "url", from: "portal.url" }] },
]);
const shelf = repository("shelf", [{ name: "books", inputs: [{ variable: "url", from: "shop:portal.url" }] }]);

test("a line comes from the other repository's component, and one goes to whoever takes from this one", () => {
  const { components, layers, foreign } = graphParts(shop, [backbone, shop, shelf]);
  const layout = layOut(components, layers);
  expect(layout.edges).toEqual([
    { from: "backbone:line", to: "portal" },
    { from: "portal", to: "desk" },
    { from: "portal", to: "shelf:books" },
  ]);
  expect(layout.nodes.map(({ name }) => name)).not.toContain("backbone:quiet");
  expect(foreign.get("backbone:line")).toEqual({ repository: "backbone", component: "line", environments: ["dev"] });
});

test("a repository that nothing else has to do with has no bands of others", () => {
  const { bands } = layOut(...both(graphParts(repository("alone", [{ name: "one" }]), [backbone])));
  expect(bands.map(({ layer }) => layer)).toEqual(["base"]);
});

function both({ components, layers }: ReturnType<typeof graphParts>) {
  return [components, layers] as const;
}
