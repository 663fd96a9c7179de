import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { configurationJsonSchemas } from "./json-schemas.ts";
import { publishedSchemas } from "./published-schemas.ts";

const root = new URL("../../../../", import.meta.url);
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

test("schemas accept what is right and refuse an unknown key", () => {
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
