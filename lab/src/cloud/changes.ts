import { isDeepStrictEqual } from "node:util";
import type { JsonObject, JsonValue, Kind } from "../kinds/attribute.ts";
import type { Activity } from "./resource.ts";

/** What differs between two sets of values, attribute by attribute; a secret's values are masked. */
export function listChanges(kind: Kind, before: JsonObject, after: JsonObject): Activity["changes"] {
  return [...kind.attributes, ...kind.lists].flatMap((part) => {
    const from = before[part.name] ?? null;
    const to = after[part.name] ?? null;
    if (isDeepStrictEqual(from, to)) return [];
    const masked = "secret" in part && part.secret === true;
    return [{ attribute: part.name, from: masked ? mask(from) : from, to: masked ? mask(to) : to }];
  });
}

/** The values that may leave the cloud: all but the secrets. */
export function withoutSecrets(kind: Kind, values: JsonObject): JsonObject {
  const secret = new Set(kind.attributes.filter((attribute) => attribute.secret).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name)));
}

function mask(value: JsonValue): JsonValue {
  return value === null ? null : "(secret)";
}
