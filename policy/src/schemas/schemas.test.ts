import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isObject, objectAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { catalogue } from "../rules/catalogue.ts";
import { attributesNamed, typesNamed } from "./names.ts";
import type { Expected } from "./names.ts";
import { providerTables } from "./providers.ts";

function tableOf(name: string): JsonObject {
  const table: Json = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
  return objectAt({ table }, "table");
}

const tables = providerTables.map((provider) => ({ ...provider, table: tableOf(provider.name) }));
const resources: JsonObject = Object.assign({}, ...tables.map(({ table }) => objectAt(table, "resources")));

/** The schema's type at a path; undefined where there is no such attribute. */
function typeAt(type: string, path: string): Json | undefined {
  let found: Json | undefined = resources[type];
  // A map's keys are anybody's; its values are taken for texts.
  for (const step of path.split(".")) found = isObject(found) ? found[step] : found === "map" ? "string" : undefined;
  return found;
}

/** Texts stand for numbers and truths too, because Terraform converts them. */
const fitting: Record<Expected, (type: Json) => boolean> = {
  any: () => true,
  bool: (type) => type === "bool" || type === "string",
  number: (type) => type === "number",
  text: (type) => type === "string" || type === "number",
  texts: (type) => type === "string" || type === "list" || type === "set",
  map: (type) => type === "map",
  list: (type) => isObject(type) || type === "list" || type === "set" || type === "map",
};

const judgedRules = catalogue.filter((rule) =>
  rule.resourceTypes.some((type) => providerTables.some(({ prefix }) => type.startsWith(prefix))),
);

describe.each(tables)("the table of $name", ({ source, prefix, table }) => {
  it("says where it comes from", () => {
    expect(table).toMatchObject({ provider: source, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(table["licence"]).toContain("MPL-2.0");
  });

  // `node policy/src/schemas/generate.ts <provider>` brings it up to date.
  it("has every type that rules name, and no other", () => {
    expect(Object.keys(objectAt(table, "resources"))).toEqual([...typesNamed(catalogue, prefix)].sort());
  });
});

describe.each(judgedRules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const named = attributesNamed(rule);

  it("names only attributes that exist, and takes them for what they are", () => {
    const mistakes = named.filter(({ type, paths, expected }) => {
      // Its types may call the same thing by different names, so an attribute has to be in one of them.
      const types = rule.resourceTypes.includes(type) ? rule.resourceTypes : [type];
      const found = types.flatMap((one) => paths.map((path) => typeAt(one, path))).filter((one) => one !== undefined);
      return found.length === 0 || !found.every(fitting[expected]);
    });
    expect(mistakes).toEqual([]);
  });

  it("names an attribute of each of its types", () => {
    const strangers = rule.resourceTypes.filter(
      (type) =>
        // Of some providers there is no table.
        providerTables.some(({ prefix }) => type.startsWith(prefix)) &&
        named.length > 0 &&
        !named.some((one) => one.type === type && one.paths.some((path) => typeAt(type, path) !== undefined)),
    );
    expect(strangers).toEqual([]);
  });
});
