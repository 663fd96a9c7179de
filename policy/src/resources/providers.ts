import { isObject, objectAt, stringAt } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Resource } from "./resource.ts";

/**
 * The provider configurations of a plan, as if they were resources of type `provider`, so that rules see what every
 * resource inherits from them (the region). Values are the constants and root variables of their expressions.
 */
export function providersOfPlan(plan: JsonObject): Resource[] {
  const configured = objectAt(objectAt(plan, "configuration"), "provider_config");
  const variables = objectAt(plan, "variables");
  return Object.entries(configured)
    .filter(([key, entry]) => isObject(entry) && !key.includes(":"))
    .map(([key, entry]) => {
      const expressions = objectAt(entry, "expressions");
      const values: JsonObject = {};
      const unknown: JsonObject = {};
      for (const [name, expression] of Object.entries(expressions)) {
        const value = constantOf(expression, variables);
        if (value === undefined) unknown[name] = true;
        else values[name] = value;
      }
      const [name = key] = key.split(".");
      return {
        address: `provider.${key}`,
        moduleAddress: "",
        type: "provider",
        name,
        provider: stringAt(entry, "full_name") ?? name,
        values,
        unknown,
      };
    });
}

/** A constant, or the value of the one variable it names; undefined where it is more than that. */
function constantOf(expression: Json, variables: JsonObject): Json | undefined {
  if (!isObject(expression)) return undefined;
  if (Object.hasOwn(expression, "constant_value")) return expression["constant_value"];
  const references = expression["references"];
  if (!Array.isArray(references) || references.length !== 1) return undefined;
  const [reference] = references;
  const found = typeof reference === "string" ? /^var\.([^.[]+)$/.exec(reference) : null;
  const variable = found?.[1] === undefined ? undefined : variables[found[1]];
  return isObject(variable) ? variable["value"] : undefined;
}
