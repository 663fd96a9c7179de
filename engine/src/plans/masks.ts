import type { JsonValue } from "./json.ts";
import { member } from "./json.ts";

/** The mask of a child: `true` covers everything below it. */
export function childMask(mask: JsonValue | undefined, key: string | number): JsonValue {
  if (mask === true) return true;
  if (typeof key === "number") return (Array.isArray(mask) ? mask[key] : undefined) ?? false;
  return member(mask, key) ?? false;
}

/** Whether anything in a mask is true. */
export function covers(mask: JsonValue | undefined): boolean {
  if (mask === true) return true;
  if (typeof mask !== "object" || mask === null) return false;
  return Object.values(mask).some((child: JsonValue) => covers(child));
}
