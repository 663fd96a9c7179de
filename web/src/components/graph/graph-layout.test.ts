import { expect, test } from "vitest";
import { layOut, neighbour, related } from "./graph-layout.ts";

const three = [
  { name: "network", layer: "platform", dependsOn: [] },
  { name: "database", layer: "shared", dependsOn: ["network"] },
  { name: "shop", layer: "application", dependsOn: ["database", "network"] },
];
const layers = ["platform", "empty", "shared", "application"];

test("layers are bands from left to right, and a layer without components has none", () => {
  const { nodes, bands, edges } = layOut(three, layers);
  expect(nodes.map(({ name, column }) => [name, column])).toEqual([
    ["network", 0],
    ["database", 1],
    ["shop", 2],
  ]);
  expect(bands.map(({ layer, from, to }) => [layer, from, to])).toEqual([
    ["platform", 0, 0],
    ["shared", 1, 1],
    ["application", 2, 2],
  ]);
  expect(edges).toHaveLength(3);
});

test("sixty components keep apart, and each stands right of what it needs within its layer", () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    name: `c${index}`,
    layer: index < 20 ? "platform" : "application",
    dependsOn: index < 5 ? [] : [`c${index % 5}`, ...(index % 7 === 6 ? [`c${index - 1}`] : [])],
  }));
  const layout = layOut(many, ["platform", "application"]);
  const places = layout.nodes.map(({ column, row }) => `${column} ${row}`);
  expect(new Set(places).size).toBe(60);
  expect(layout.rows).toBeLessThanOrEqual(14);
  const at = new Map(layout.nodes.map((node) => [node.name, node]));
  for (const { from, to } of layout.edges) {
    const [left, right] = [at.get(from), at.get(to)];
    expect(left !== undefined && right !== undefined && left.column < right.column).toBe(true);
  }
});

test("what a component has to do with: all it needs and all that needs it, not what shares its needs", () => {
  const { edges } = layOut([...three, { name: "other", layer: "shared", dependsOn: ["network"] }], layers);
  expect([...related("database", edges)].toSorted()).toEqual(["database", "network", "shop"]);
  expect(related("network", edges).size).toBe(4);
});

test("arrow keys follow the lines and stay inside", () => {
  const layout = layOut([...three, { name: "other", layer: "shared", dependsOn: ["network"] }], layers);
  expect(neighbour(layout, "network", "ArrowRight")).toBe("database");
  expect(neighbour(layout, "shop", "ArrowLeft")).toBe("database");
  expect(neighbour(layout, "database", "ArrowDown")).toBe("other");
  expect(neighbour(layout, "database", "ArrowUp")).toBeUndefined();
  expect(neighbour(layout, "shop", "ArrowRight")).toBeUndefined();
  expect(neighbour(layout, "shop", "x")).toBeUndefined();
});
