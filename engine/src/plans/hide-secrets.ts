import type { JsonObject, JsonValue } from "./json.ts";
import { BigNumber, isObject, member, parseJson } from "./json.ts";
import { childMask } from "./masks.ts";
import { secretForms } from "./secret-forms.ts";
import { textFinder } from "./text-finder.ts";

/** What stands in a plan instead of a text that is secret. */
const mark = "(sensitive value)";

/** Such words stand in every plan: names of engines, of accounts, of keys. */
const plainWord = /^(?:.{0,7}|[a-z_-]{1,15})$/s;

/**
 * The JSON of a plan for programs that may know what it does, but none of its secrets: what is marked as sensitive is
 * taken out, and every value that holds such a text, or one of `known`, the secrets that the plan was given. Types, booleans
 * and the shape stay; texts become `(sensitive value)`, numbers 0. `configuration`, which is code, stays as it is. Throws a
 * SyntaxError for what is not JSON.
 */
export function hideSecrets(planJson: Buffer, known: readonly string[]): Buffer {
  const plan = parseJson(planJson.toString("utf8"));
  const found = new Set<string>();
  const shown = isObject(plan) ? blankMarked(withoutSensitiveVariables(plan, found), found) : plan;
  const isTelling = (text: string): boolean => !plainWord.test(text);
  const searched = [...secretForms(known.filter(isTelling)), ...[...found].filter(isTelling)];
  return Buffer.from(JSON.stringify(searched.length === 0 ? shown : blankHolding(shown, textFinder(searched))));
}

function withoutSensitiveVariables(plan: JsonObject, found: Set<string>): JsonObject {
  const declared = member(member(member(plan, "configuration"), "root_module"), "variables");
  const variables = Object.entries(asObject(member(plan, "variables"))).map(([name, variable]): [string, JsonValue] =>
    member(member(declared, name), "sensitive") === true ? [name, blank(variable, true, found)] : [name, variable],
  );
  return { ...plan, variables: Object.fromEntries(variables) };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Each member and the one beside it that has its shape, with `true` where it is sensitive. */
const marked = [
  ["before", "before_sensitive"],
  ["after", "after_sensitive"],
  ["values", "sensitive_values"],
  ["value", "sensitive"],
] as const;

/** Takes out what a plan, a module, a resource or an output says itself to be sensitive. */
function blankMarked(value: JsonValue, found: Set<string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => blankMarked(item, found));
  if (!isObject(value)) return value;
  const shown: JsonObject = { ...value };
  for (const [name, marks] of marked) {
    const own = member(value, name);
    const mask = member(value, marks);
    if (own !== undefined && mask !== undefined) shown[name] = blank(own, mask, found);
  }
  for (const [name, child] of Object.entries(shown))
    if (name !== "configuration") shown[name] = blankMarked(child, found);
  return shown;
}

function blank(value: JsonValue, mask: JsonValue, found: Set<string>): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => blank(item, childMask(mask, index), found));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        // A key of something sensitive may be the secret itself.
        .filter(([key]) => mask !== true || /^[a-z_]+$/.test(key))
        .map(([key, child]) => [key, blank(child, childMask(mask, key), found)]),
    );
  if (mask !== true || value === null || typeof value === "boolean") return value;
  found.add(value instanceof BigNumber ? value.raw : String(value));
  return typeof value === "string" ? mark : 0;
}

/** Members that hold values; elsewhere stand names, addresses and types. */
const holders: ReadonlySet<string> = new Set(["before", "after", "values", "value"]);

function blankHolding(value: JsonValue, isSecret: (text: string) => boolean, isHeld = false): JsonValue {
  if (typeof value === "string") return isHeld && isSecret(value) ? mark : value;
  if (Array.isArray(value)) return value.map((item) => blankHolding(item, isSecret, isHeld));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isHeld || !isSecret(key))
      .map(([key, child]) => [
        key,
        key === "configuration" && !isHeld ? child : blankHolding(child, isSecret, isHeld || holders.has(key)),
      ]),
  );
}
