import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { commonRules } from "./common/common-rules.ts";
import { labRules } from "./lab/lab-rules.ts";
import { rulesFor } from "./load-rules.ts";

describe("loading rules by need", () => {
  it("gives the whole catalogue where every type occurs", async () => {
    expect(await rulesFor(catalogue.flatMap((rule) => rule.resourceTypes))).toEqual(catalogue);
  });

  it("gives those of the providers that occur, and those for every resource", async () => {
    expect(await rulesFor(["lab_bucket", "random_id"])).toEqual([...labRules, ...commonRules]);
    expect(await rulesFor(["random_id"])).toEqual(commonRules);
    expect(await rulesFor([])).toEqual([]);
  });

  it.each(catalogue.map((rule) => [rule.id, rule] as const))("finds %s by each of its types", async (_, rule) => {
    for (const type of rule.resourceTypes) expect(await rulesFor([type])).toContain(rule);
  });
});
