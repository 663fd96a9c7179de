import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortByDependency } from "./topology.ts";

describe("dependency order", () => {
  it("puts each after what it depends on, for any graph without cycle", () => {
    const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(graphs, (graph) => {
        const nodes = graph.map((edges, index) => ({
          name: `n${index}`,
          dependsOn: edges.filter((edge) => edge > index).map((edge) => `n${edge}`),
        }));
        const { sorted, cycle } = sortByDependency(nodes);
        const position = new Map(sorted.map((node, index) => [node.name, index]));
        expect(cycle).toBeUndefined();
        expect(sorted).toHaveLength(nodes.length);
        const late = nodes.filter((node) =>
          node.dependsOn.some((name) => (position.get(name) ?? -1) > (position.get(node.name) ?? -1)),
        );
        expect(late).toEqual([]);
      }),
    );
  });
  it("stands a chain of 20,000", () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => ({ name: `n${index}`, dependsOn: [`n${index + 1}`] }));
    expect(sortByDependency(nodes).sorted[0]?.name).toBe("n19999");
  });
});
