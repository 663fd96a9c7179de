import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configurationJsonSchemas } from "./json-schemas.ts";
import { publishedSchemas } from "./published-schemas.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));

test.each(Object.entries(configurationJsonSchemas()))(
  "docs/schemas holds the schema of %s as it is now (else: npm run schemas -w contract)",
  (file, schema) => {
    expect(read(`docs/schemas/${file.replace(/yaml$/, "json")}`)).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

test("docs/schemas holds the policy's schema as it is now, and nothing that is not published", () => {
  expect(read("docs/schemas/plumbline-policy.json")).toEqual(read("policy/schema/plumbline-policy.schema.json"));
  expect(readdirSync(new URL("docs/schemas", root)).toSorted()).toEqual([...publishedSchemas].toSorted());
});
