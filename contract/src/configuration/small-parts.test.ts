import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  configurationJsonSchemas,
  formatDuration,
  normalizeRepositoryPath,
  parseDuration,
  parseWorkspaceName,
  sortByDependency,
  suggest,
  ticketMatches,
  ticketUrl,
  workspaceName,
} from "./index.ts";
import { unsafePattern } from "./pattern.ts";

describe("durations", () => {
  it("are whole numbers with a unit", () => {
    expect(["15s", "15m", "2h", "7d"].map(parseDuration)).toEqual([15, 900, 7_200, 604_800]);
    expect(["0s", "1.5h", "15", "m", "-1s", "1w", ""].map(parseDuration)).toEqual(Array(7).fill(undefined));
  });
  it("are read back as written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (total) => {
        expect(parseDuration(formatDuration(total))).toBe(total);
      }),
    );
  });
});

describe("patterns", () => {
  it.each(["[A-Z]+-[0-9]+", "(?:OPS|SHOP)-\\d{1,6}", "#?[1-9][0-9]*", "[\\w.]+"])("%s is safe", (pattern) =>
    expect(unsafePattern(pattern)).toBeUndefined(),
  );
  it.each([
    "(a+)+",
    "(a|a)*",
    "(a?){30}",
    "a?".repeat(30),
    "(a|a)".repeat(30),
    ".*.*.*.*.*x",
    "(x)\\1",
    "(?=a)a",
    "a{1,9999}",
    "[",
    "",
  ])("%s is refused", (pattern) => expect(unsafePattern(pattern)).toBeTypeOf("string"));
  it("a ticket matches as a whole and is linked with its name escaped", () => {
    const rule = { required: true, pattern: "[A-Z]+-[0-9]+", url: "https://t.example.com/{ticket}?x" };
    expect(["OPS-1", "xOPS-1", "OPS-1\n", "OPS-1x", ""].map((text) => ticketMatches(rule, text))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(ticketUrl(rule, "A/b$&")).toBe("https://t.example.com/A%2Fb%24%26?x");
  });
});

describe("names and paths", () => {
  it("a workspace's name is read back", () => {
    expect(parseWorkspaceName(workspaceName("network", "globex/prod"))).toEqual({
      component: "network",
      environment: "globex/prod",
    });
    expect(parseWorkspaceName("network")).toBeUndefined();
  });
  it("paths stay inside the repository", () => {
    expect(["./a//b/", "a/../b", "."].map(normalizeRepositoryPath)).toEqual(["a/b", "b", "."]);
    expect(["/a", "a/../../b", "", "a\\b", "a\nb"].map(normalizeRepositoryPath)).toEqual(Array(5).fill(undefined));
  });
  it("proposes what is near, and nothing where two are equally near", () => {
    expect(suggest("databse", ["database", "network"])).toBe("database");
    expect(suggest("netwrok", ["network"])).toBe("network");
    expect(suggest("xyz", ["database"])).toBeUndefined();
    expect(suggest("a1", ["a2", "a3"])).toBeUndefined();
  });
});

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

describe("published JSON schemas", () => {
  it("accept what is right and refuse an unknown key", () => {
    const schemas = configurationJsonSchemas();
    const accepts = (name: keyof typeof schemas, value: unknown) =>
      z.fromJSONSchema(JSON.parse(JSON.stringify(schemas[name]))).safeParse(value).success;
    const right = {
      version: 1,
      layers: ["platform"],
      components: { a: { path: "a", layer: "platform" } },
      environments: ["dev"],
      engine: { name: "tofu", version: "~> 1.10" },
    };
    expect(accepts("plumbline.yaml", right)).toBe(true);
    expect(accepts("plumbline.yaml", { ...right, layerz: [] })).toBe(false);
    expect(accepts("environment.yaml", { approvals: 2 })).toBe(true);
    expect(accepts("environment.yaml", { pin: { ref: "abc" } })).toBe(false);
    expect(accepts("sealed.yaml", { common: { password: { version: 0 } } })).toBe(false);
  });
});
