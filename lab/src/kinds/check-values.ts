import type { Attribute, AttributeType, JsonObject, JsonValue, Kind } from "./attribute.ts";

/** Something wrong with a value. `path` leads to it: names of attributes and positions in lists. */
export type Complaint = { path: (string | number)[]; message: string };

/** What a caller may write about a resource, by name, in place of a value that is not known yet. */
export const NOT_KNOWN_YET = Symbol("a value that is known only after apply");
type Given = { readonly [name: string]: unknown };

/**
 * Checks the values of a resource as somebody wrote them: required ones are there, types fit, every check holds.
 * A value that is `NOT_KNOWN_YET` (at any depth) passes.
 */
export function checkValues(kind: Kind, given: Given): Complaint[] {
  return [
    ...checkAttributes(kind.attributes, given, []),
    ...kind.lists.flatMap((list) => {
      const items = given[list.name] ?? [];
      if (items === NOT_KNOWN_YET) return [];
      if (!Array.isArray(items)) return [{ path: [list.name], message: "must be a list of objects" }];
      return items.flatMap((item: unknown, index) => {
        if (item === NOT_KNOWN_YET) return [];
        if (!isGiven(item)) return [{ path: [list.name, index], message: "must be an object" }];
        return checkAttributes(list.attributes, item, [list.name, index]);
      });
    }),
    ...unknownNames(kind, given),
  ];
}

function checkAttributes(attributes: readonly Attribute[], given: Given, prefix: (string | number)[]): Complaint[] {
  return attributes.flatMap((attribute) => {
    const path = [...prefix, attribute.name];
    const value = given[attribute.name];
    if (value === undefined || value === null)
      return attribute.presence === "required" ? [{ path, message: "is required" }] : [];
    if (attribute.presence === "assigned") return [{ path, message: "is assigned by the cloud and cannot be set" }];
    if (value === NOT_KNOWN_YET) return [];
    const message = typeComplaint(attribute.type, value) ?? attribute.check?.(value as JsonValue);
    return message === undefined ? [] : [{ path, message }];
  });
}

function unknownNames(kind: Kind, given: Given): Complaint[] {
  const known = new Set([...kind.attributes, ...kind.lists].map((part) => part.name));
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: [name], message: `is not an attribute of a ${kind.name}` }));
}

function typeComplaint(type: AttributeType, value: unknown): string | undefined {
  const text = (item: unknown) => typeof item === "string" || item === NOT_KNOWN_YET;
  if (type === "string") return typeof value === "string" ? undefined : "must be a text";
  if (type === "bool") return typeof value === "boolean" ? undefined : "must be true or false";
  if (type === "number") return Number.isFinite(value) ? undefined : "must be a number";
  if (type === "string_list") return Array.isArray(value) && value.every(text) ? undefined : "must be a list of texts";
  return isGiven(value) && Object.values(value).every(text) ? undefined : "must be a map of texts";
}

function isGiven(value: unknown): value is Given {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values with every fallback filled in and every attribute present; text left empty counts as left out. */
export function withFallbacks(kind: Kind, given: JsonObject): JsonObject {
  const values = fillAttributes(kind.attributes, given);
  for (const list of kind.lists) {
    const items = given[list.name];
    values[list.name] = (Array.isArray(items) ? items : []).map((item) =>
      fillAttributes(list.attributes, isObject(item) ? item : {}),
    );
  }
  return values;
}

function fillAttributes(attributes: readonly Attribute[], given: JsonObject): JsonObject {
  return Object.fromEntries(
    attributes.map((attribute) => {
      const value = given[attribute.name];
      const leftOut = value === undefined || value === null || value === "";
      return [attribute.name, leftOut ? (attribute.fallback ?? null) : value];
    }),
  );
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
