import type { Json, JsonObject } from "../../resources/json.ts";
import { isObject } from "../../resources/json.ts";
import { ListValue, MapValue, SetValue } from "./value.ts";
import type { Value } from "./value.ts";

/** A value as a plan shows it: what is known, and `true` where something is not. */
export interface PlanValue {
  /** Undefined where nothing of it is known. */
  value: Json | undefined;
  /** Undefined where everything is known. */
  unknown: Json | undefined;
}

/**
 * Splits a value into what is known and what is not. In lists unknown elements keep their places as `null`. `mark` says what
 * stands for something unknown.
 */
export function toPlanValue(value: Value, mark: (unknown: Value) => Json = () => true): PlanValue {
  if (value === null || typeof value !== "object") return { value, unknown: undefined };
  if (value instanceof ListValue || value instanceof SetValue) {
    const items = value.items.map((item) => toPlanValue(item, mark));
    const known = items.map((item) => item.value ?? null);
    if (value.known) return { value: known, unknown: undefined };
    return { value: known, unknown: items.map((item) => item.unknown ?? false) };
  }
  if (!(value instanceof MapValue)) return { value: undefined, unknown: mark(value) };
  const known: JsonObject = {};
  const unknown: JsonObject = {};
  for (const [key, item] of value.entries) {
    const part = toPlanValue(item, mark);
    if (part.value !== undefined) put(known, key, part.value);
    if (part.unknown !== undefined) put(unknown, key, part.unknown);
  }
  return { value: known, unknown: value.known ? undefined : unknown };
}

/** Sets a member whatever it is called; `__proto__` is a name like any other. */
export function put(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A wholly known value as JSON. */
export function toJson(value: Value): Json {
  return toPlanValue(value).value ?? null;
}

/** What came from outside as a value; anything that JSON does not have counts as null. */
export function fromJson(json: unknown): Value {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return json;
  if (Array.isArray(json)) return new ListValue(json.map(fromJson));
  if (isObject(json)) return new MapValue(Object.entries(json).map(([key, item]) => [key, fromJson(item)]));
  return null;
}

/** As `jsonencode` writes it: keys in order (also those that look like numbers), and `<`, `>`, `&` escaped. */
export function encodeJson(value: Value): string {
  if (value instanceof ListValue || value instanceof SetValue) return `[${value.items.map(encodeJson).join(",")}]`;
  if (value instanceof MapValue)
    return `{${[...value.entries].map(([key, item]) => `${encodeJson(key)}:${encodeJson(item)}`).join(",")}}`;
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
