import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Resource } from "../resources/resource.ts";
import { Joins } from "./joins.ts";
import { readValue } from "./read.ts";
import { resourcesNamed } from "./references.ts";

const by = { from: "bucket", to: ["id", "bucket"] };

type Belongs = "yes" | "no" | "perhaps";

/** What the tables must answer, looked at pair by pair. */
function belongs(candidate: Resource, resource: Resource): Belongs {
  const value = readValue(candidate, ["bucket"]);
  if (value.known) {
    const targets = by.to.flatMap((path) => {
      const target = readValue(resource, [path]);
      return target.known && target.value !== null ? [target.value] : [];
    });
    if (value.value === null) return "no";
    return targets.length === 0 ? "perhaps" : targets.includes(value.value) ? "yes" : "no";
  }
  const named = resourcesNamed(candidate, "bucket");
  if (named.length === 0) return "perhaps";
  const own = [`${resource.type}.${resource.name}`, ...by.to.flatMap((path) => resourcesNamed(resource, path))];
  if (candidate.moduleAddress !== resource.moduleAddress || !named.some((name) => own.includes(name))) return "no";
  if (resource.index === candidate.index) return "yes";
  return resource.index === undefined || candidate.index === undefined ? "perhaps" : "no";
}

const text = fc.constantFrom(null, "x", "y");
const reference = fc.constantFrom("t_bucket.a", "t_bucket.b.id", "var.c", "t_shared.name");
const resource = (type: string): fc.Arbitrary<Resource> =>
  fc
    .record({
      name: fc.constantFrom("a", "b"),
      moduleAddress: fc.constantFrom("", "module.m"),
      index: fc.constantFrom(undefined, 0, 1),
      values: fc.record({ bucket: text, id: text }),
      unknown: fc.constantFrom({}, { bucket: true }, { id: true }, { bucket: true, id: true }),
      references: fc.array(reference, { maxLength: 2 }),
    })
    .map(({ index, references, ...rest }) => ({
      ...rest,
      address: "somewhere",
      type,
      provider: "p",
      configured: { expressions: { bucket: { references } }, dynamicBlocks: new Set<string>() },
      ...(index === undefined ? {} : { index }),
    }));

describe("resources that belong together", () => {
  const all = fc.record({
    buckets: fc.array(resource("t_bucket"), { minLength: 1, maxLength: 5 }),
    lists: fc.array(resource("t_list"), { minLength: 1, maxLength: 5 }),
  });

  it("are those that belong together pair by pair, looked at from either side", () => {
    fc.assert(
      fc.property(all, ({ buckets, lists }) => {
        const joins = new Joins([...buckets, ...lists]);
        for (const bucket of buckets)
          for (const list of lists) {
            const said = belongs(list, bucket);
            const from = joins.connected(bucket, "t_list", by);
            const back = joins.referred(list, "t_bucket", by);
            expect(from.certain.includes(list)).toBe(said === "yes");
            expect(back.certain.includes(bucket)).toBe(said === "yes");
            if (said === "yes") continue;
            expect(from.perhaps.some((group) => group.includes(list))).toBe(said === "perhaps");
            expect(back.perhaps.some((group) => group.includes(bucket))).toBe(said === "perhaps");
          }
      }),
    );
  });
});

describe("a name inside a longer text", () => {
  const named = (filter: string): number => {
    const plain = { moduleAddress: "", provider: "p", unknown: {} };
    const metric = { ...plain, address: "t_metric.a", type: "t_metric", name: "a", values: { name: "sql" } };
    const alert = { ...plain, address: "t_alert.a", type: "t_alert", name: "a", values: { filter } };
    const inside = { from: "filter", to: ["name"], inside: true } as const;
    return new Joins([metric, alert]).connected(metric, "t_alert", inside).certain.length;
  };

  it("counts where it is a word of its own", () => {
    expect(named('metric.type="user/sql"')).toBe(1);
    expect(named("sql")).toBe(1);
    expect(named('metric.type="user/mysql-sql"')).toBe(0);
    expect(named("sql-old and sql")).toBe(1);
  });
});
