import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BigNumber, parseJson } from "./json.ts";
import { parsePlan } from "./plan.ts";
import type { PlanDigestInput } from "./plan-digest.ts";
import { inputValuesDigest, planDigest } from "./plan-digest.ts";

const hmacKey = "k".repeat(32);
const resource = (address: string, change: object) => ({
  address,
  mode: "managed",
  type: "t",
  name: "n",
  change: {
    actions: ["update"],
    before: { a: 1 },
    after: { a: 2 },
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: false,
    ...change,
  },
});
const base = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  timestamp: "2026-11-22T07:00:29Z",
  resource_changes: [
    resource("t.a", {}),
    resource("t.b", { actions: ["delete", "create"], replace_paths: [["a"], ["b"]] }),
  ],
  output_changes: {
    o: { actions: ["create"], after: "x", after_unknown: false },
    p: { actions: ["create"], after_unknown: true },
  },
};

function digest(plan: object | string = base, more: Partial<PlanDigestInput> = {}): string {
  const text = typeof plan === "string" ? plan : JSON.stringify(plan);
  return planDigest({
    inputTree: "tree",
    inputValues: "values",
    engineHash: "engine",
    providerHashes: { p: ["h1:a", "h1:b"] },
    plan: parsePlan(text),
    hmacKey,
    ...more,
  });
}
const withFirst = (change: object, rest: object = {}) => ({
  ...base,
  resource_changes: [{ ...resource("t.a", change), ...rest }, base.resource_changes[1]],
});

describe("a plan digest", () => {
  it("is 64 hexadecimal digits", () => expect(digest()).toMatch(/^[0-9a-f]{64}$/));

  const covered: [string, () => string][] = [
    ["the input tree", () => digest(base, { inputTree: "x" })],
    ["the input values", () => digest(base, { inputValues: "x" })],
    ["the engine", () => digest(base, { engineHash: "x" })],
    ["a provider", () => digest(base, { providerHashes: { p: ["h1:a"] } })],
    ["an action", () => digest(withFirst({ actions: ["create"] }))],
    ["a value before", () => digest(withFirst({ before: { a: 9 } }))],
    ["a value after", () => digest(withFirst({ after: { a: 9 } }))],
    ["what is unknown", () => digest(withFirst({ after_unknown: { b: true } }))],
    ["replaced paths", () => digest(withFirst({ replace_paths: [["a"]] }))],
    ["an import", () => digest(withFirst({ importing: { id: "x" } }))],
    ["a former address", () => digest(withFirst({}, { previous_address: "t.z" }))],
    ["a deposed object", () => digest(withFirst({}, { deposed: "abc" }))],
    ["an address", () => digest({ ...base, resource_changes: [resource("t.c", {}), base.resource_changes[1]] })],
    ["a resource less", () => digest({ ...base, resource_changes: base.resource_changes.slice(1) })],
    [
      "an output",
      () => digest({ ...base, output_changes: { ...base.output_changes, o: { actions: ["create"], after: "y" } } }),
    ],
    ["whether something is sensitive", () => digest(withFirst({ after_sensitive: { a: true } }))],
    ["null instead of nothing in a list", () => digest(withFirst({ after: { a: [2] } }))],
  ];
  it.each(covered)("changes with %s", (_, changed) => expect(changed()).not.toBe(digest()));

  const excluded: [string, () => string][] = [
    ["the time", () => digest({ ...base, timestamp: "2027-01-01T00:00:00Z" })],
    ["the prior state and its serial", () => digest({ ...base, prior_state: { serial: 7 } })],
    ["relevant attributes", () => digest({ ...base, relevant_attributes: [{ resource: "t.a" }] })],
    ["drift", () => digest({ ...base, resource_drift: [resource("t.a", {})] })],
    ["the configuration", () => digest({ ...base, configuration: { root_module: {} } })],
    [
      "a resource that stays",
      () => digest({ ...base, resource_changes: [...base.resource_changes, resource("t.c", { actions: ["no-op"] })] }),
    ],
    ["the order of hashes", () => digest(base, { providerHashes: { p: ["h1:b", "h1:a"] } })],
    [
      "the order of replaced paths",
      () =>
        digest({
          ...base,
          resource_changes: [
            base.resource_changes[0],
            resource("t.b", { actions: ["delete", "create"], replace_paths: [["b"], ["a"]] }),
          ],
        }),
    ],
    ["the spelling of masks", () => digest(withFirst({ after_unknown: { a: false, b: {}, c: [false] } }))],
  ];
  it.each(excluded)("does not change with %s", (_, changed) => expect(changed()).toBe(digest()));

  it("does not depend on any order", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), value, value), { maxLength: 8 }), fc.integer(), (changes, seed) => {
        const resources = changes.map(([address, before, after], index) =>
          resource(`${address}${index}`, { before, after }),
        );
        const shuffled = resources
          .toSorted((left, right) => ((left.address.length * seed) % 7) - ((right.address.length * seed) % 7))
          .toReversed();
        expect(digest({ ...base, resource_changes: shuffled.map(reverseKeys) })).toBe(
          digest({ ...base, resource_changes: resources }),
        );
      }),
    );
  });

  it("differs for any two different values", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (left, right) => {
        const same = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
        expect(digest(withFirst({ after: left })) === digest(withFirst({ after: right }))).toBe(same);
      }),
    );
  });

  it("hides sensitive values under the organization's key", () => {
    const sensitive = withFirst({ after: { a: "hunter22" }, after_sensitive: { a: true } });
    expect(digest(sensitive, { hmacKey: "other".repeat(8) })).not.toBe(digest(sensitive));
    expect(digest(base, { hmacKey: "other".repeat(8) })).toBe(digest());
    expect(digest(withFirst({ after: { a: "hunter23" }, after_sensitive: { a: true } }))).not.toBe(digest(sensitive));
  });

  it("no plain value passes for a hidden one", () => {
    const forged = withFirst({ after: { a: { $plumbline: ["number", "9007199254740993e0"] } } });
    const real = JSON.stringify(withFirst({ after: { a: "BIG" } })).replace('"BIG"', "9007199254740993");
    expect(digest(real)).not.toBe(digest(forged));
  });

  it("compares what plantimestamp() gave as unknown", () => {
    const at = (timestamp: string) => ({ ...withFirst({ after: { a: `made ${timestamp}` } }), timestamp });
    expect(digest(at("2026-11-22T07:00:29Z"))).toBe(digest(at("2027-01-01T10:00:00Z")));
    expect(digest({ ...at("2026-11-22T07:00:29Z"), timestamp: "2027-01-01T10:00:00Z" })).not.toBe(
      digest(at("2026-11-22T07:00:29Z")),
    );
  });

  it("loses no digit of a number", () => {
    const number = (text: string) => digest(JSON.stringify(withFirst({ after: { a: "N" } })).replace('"N"', text));
    expect(number("9007199254740993")).not.toBe(number("9007199254740992"));
    expect(number("0.1234567890123456789")).not.toBe(number("0.1234567890123456788"));
    expect(number("10000000000000000000")).toBe(number("1e19"));
    expect(JSON.stringify(parseJson("[9007199254740993,1e400,1.50]"))).toBe("[9007199254740993,1e400,1.5]");
    expect(parseJson("9007199254740993")).toBeInstanceOf(BigNumber);
  });
});

describe("a digest of input values", () => {
  const values = [
    { name: "a", value: 1, sensitive: false },
    { name: "b", value: "secret", sensitive: true },
  ];
  it("depends on names, values and the key, not on the order", () => {
    expect(inputValuesDigest(values.toReversed(), hmacKey)).toBe(inputValuesDigest(values, hmacKey));
    expect(inputValuesDigest(values, "x".repeat(32))).not.toBe(inputValuesDigest(values, hmacKey));
    expect(inputValuesDigest(values.slice(1), hmacKey)).not.toBe(inputValuesDigest(values, hmacKey));
  });
});

describe("what is not a plan", () => {
  it.each([
    "",
    "[]",
    "{}",
    '{"format_version":"2.0"}',
    '{"format_version":"1.2","resource_changes":[{}]}',
    "[".repeat(100_000),
    `{"format_version":"1.2","x":${"[".repeat(500)}${"]".repeat(500)}}`,
  ])("%# is refused", (text) => expect(() => parsePlan(text)).toThrow(/plan/));
});

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, child]) => [key, reverseKeys(child)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.is(value, -0)) return 0;
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, child]) => [[key], sorted(child)])
    .concat([["object"]]);
}
