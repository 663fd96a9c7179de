import { describe, expect, it } from "vitest";
import { modulePath, withoutIndexes } from "./resource.ts";

describe("addresses", () => {
  it("lose indexes, also quoted ones that hold brackets and dots", () => {
    expect(withoutIndexes('module.a["x].y[\\"0"].t.n[12]')).toBe("module.a.t.n");
  });

  it("name the modules on the way", () => {
    expect(modulePath("")).toEqual([]);
    expect(modulePath('module.a["module.z"].module.b[0]')).toEqual(["a", "b"]);
  });
});
