import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { all, any, equals, isTrue, matches, not, oneOf, present, some, worldOpen } from "./condition.ts";
import type { Condition } from "./condition.ts";
import { evaluate } from "./evaluate.ts";
import { World } from "./world.ts";

function resourceOf(values: JsonObject, unknown: JsonObject = {}, more: Partial<Resource> = {}): Resource {
  return { address: "t.n", moduleAddress: "", type: "t", name: "n", provider: "p", values, unknown, ...more };
}

function truth(
  condition: Condition,
  values: JsonObject,
  unknown: JsonObject = {},
  more: Partial<Resource> = {},
): string {
  const found = evaluate(condition, {
    resource: resourceOf(values, unknown, more),
    base: [],
    world: new World([]),
    parameters: {},
  });
  return found.some((match) => match.outcome === "true") ? "true" : found.length > 0 ? "unknown" : "false";
}

describe("a condition", () => {
  it("is unknown where the value is known only after apply, and so is its opposite", () => {
    expect(truth(isTrue("public"), {}, { public: true })).toBe("unknown");
    expect(truth(not(isTrue("public")), {}, { public: true })).toBe("unknown");
  });

  it("takes the words true and false for the values, as Terraform does", () => {
    expect(truth(isTrue("public"), { public: "true" })).toBe("true");
    expect(truth(not(isTrue("encrypted")), { encrypted: "false" })).toBe("true");
    expect(truth(equals("port", 22), { port: "22" })).toBe("true");
    expect(truth(isTrue("public"), { public: "yes" })).toBe("false");
  });

  it("reads nested blocks that stand once without a position", () => {
    expect(truth(oneOf("metadata.http_tokens", ["required"]), { metadata: [{ http_tokens: "required" }] })).toBe(
      "true",
    );
    expect(truth(matches("metadata.name", /^a/), { metadata: [{ name: "b" }] })).toBe("false");
  });

  it("counts null, empty text and empty lists as not present", () => {
    for (const value of [null, "", [], {}]) expect(truth(present("x"), { x: value })).toBe("false");
    for (const value of [false, 0, "a", [1]]) expect(truth(present("x"), { x: value })).toBe("true");
  });

  it("takes what the provider decides because the code does not set it for absent", () => {
    const notSet = { configured: { expressions: {}, dynamicBlocks: new Set<string>() } };
    expect(truth(not(isTrue("encrypted")), {}, { encrypted: true }, notSet)).toBe("true");
    const set = {
      configured: { expressions: { encrypted: { references: ["x.y"] } }, dynamicBlocks: new Set<string>() },
    };
    expect(truth(not(isTrue("encrypted")), {}, { encrypted: true }, set)).toBe("unknown");
  });

  it("never takes a list for empty that a dynamic block fills after apply", () => {
    const open = some("ingress", worldOpen("cidr"));
    const fromDynamic = { configured: { expressions: {}, dynamicBlocks: new Set(["ingress"]) } };
    expect(truth(open, {}, { ingress: true }, fromDynamic)).toBe("unknown");
    expect(truth(open, {}, { ingress: true }, { configured: { expressions: {} } })).toBe("unknown");
    expect(
      truth(open, {}, { ingress: true }, { configured: { expressions: {}, dynamicBlocks: new Set<string>() } }),
    ).toBe("false");
  });

  it("judges each element for itself and names it by what it holds, not where it stands", () => {
    const values = { ingress: [{ cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0", port: 1 }, { cidr: "::/0", port: 2 }] };
    const found = evaluate(some("ingress", worldOpen("cidr"), ["port"]), {
      resource: resourceOf(values),
      base: [],
      world: new World([]),
      parameters: {},
    });
    expect(found).toEqual([
      { outcome: "true", attribute: "ingress[1].cidr", identity: "1" },
      { outcome: "true", attribute: "ingress[2].cidr", identity: "2" },
    ]);
  });

  it("does not know about a network hidden in a list, unless another one decides", () => {
    expect(truth(worldOpen("cidrs"), { cidrs: ["10.0.0.0/8", null] }, { cidrs: [false, true] })).toBe("unknown");
    expect(truth(worldOpen("cidrs"), { cidrs: ["0.0.0.0/0", null] }, { cidrs: [false, true] })).toBe("true");
  });
});

describe("three-valued logic", () => {
  const leaf = fc.constantFrom("a", "b", "c").map((name): Condition => isTrue(name));
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small" },
      leaf,
      tie("condition").map((inner) => not(inner)),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((inner) => all(...inner)),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((inner) => any(...inner)),
    ),
  }));
  const known = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() });
  const hidden = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() });

  function plain(it: Condition, values: Record<string, boolean>): boolean {
    if (it.op === "equals") return values[it.path] === true;
    if (it.op === "not") return !plain(it.of, values);
    if (it.op === "all") return it.of.every((inner) => plain(inner, values));
    if (it.op === "any") return it.of.some((inner) => plain(inner, values));
    throw new Error(it.op);
  }

  it("agrees with two-valued logic where everything is known", () => {
    fc.assert(
      fc.property(condition, known, (it, values) => {
        expect(truth(it, values)).toBe(String(plain(it, values)));
      }),
    );
  });

  it("never says true or false where an unknown value could make it otherwise", () => {
    fc.assert(
      fc.property(condition, known, hidden, (it, values, unknown) => {
        const marks = Object.fromEntries(Object.entries(unknown).filter(([, mark]) => mark));
        const said = truth(it, values, marks);
        expect(["unknown", String(plain(it, values))]).toContain(said);
      }),
    );
  });
});
