import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lintRules } from "../lint/lint-rules.ts";
import { catalogue } from "./catalogue.ts";

const page = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");

describe("docs/policies.md", () => {
  it("lists every rule with its severity and title, and no other", () => {
    const rules = [...catalogue, ...Object.values(lintRules)];
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (\w+) \| ([^|]+) \|/gm)].map((row) => row.slice(1).join(" "));
    expect(rows).toEqual(rules.map((rule) => `${rule.id} ${rule.severity} ${rule.title}`));
  });
});
