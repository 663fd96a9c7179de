import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, parsePath } from "./path.ts";

describe("attribute paths", () => {
  it("read as Terraform writes them", () => {
    expect(parsePath('ingress[0].cidr_blocks.tags["cost centre"]')).toEqual([
      "ingress",
      0,
      "cidr_blocks",
      "tags",
      "cost centre",
    ]);
    expect(formatPath(["tags", 'a"b', 2])).toBe('tags["a\\"b"][2]');
  });

  it("come back as they were, whatever a key holds", () => {
    const key = fc.oneof(
      fc.string({ minLength: 1 }).filter((text) => !/[\p{Cc}\ud800-\udfff]/u.test(text)),
      fc.nat(),
    );
    fc.assert(
      fc.property(fc.array(key), (steps) => {
        expect(parsePath(formatPath(["first", ...steps]))).toEqual(["first", ...steps]);
      }),
    );
  });
});
