import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { scanReportJsonSchema } from "./report-schema.ts";
import { ruleIdsFile } from "./rule-ids-file.ts";
import { rulePages } from "./rule-pages.ts";

const docs = new URL("../../../docs/", import.meta.url);

describe("docs/rules is as the catalogue is now (else: npm run docs -w policy)", () => {
  const pages = rulePages();

  it("has the pages that it should have", () => {
    expect(readdirSync(new URL("rules/", docs)).toSorted()).toEqual([...pages.keys()].toSorted());
  });

  it.each([...pages])("%s", (name, text) => {
    expect(readFileSync(new URL(`rules/${name}`, docs), "utf8")).toBe(text);
  });
});

test("docs/schemas holds the schema of a report as it is now (else: npm run docs -w policy)", () => {
  const published: unknown = JSON.parse(readFileSync(new URL("schemas/scan.schema.json", docs), "utf8"));
  expect(published).toEqual(JSON.parse(JSON.stringify(scanReportJsonSchema())));
});

test("rules/rule-ids.gen.ts names the rules as they are now (else: npm run docs -w policy)", () => {
  expect(readFileSync(new URL("../rules/rule-ids.gen.ts", import.meta.url), "utf8")).toBe(ruleIdsFile());
});
