import { fingerprintOf, isKnown, ListValue, MapValue, SetValue } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Whether two values are equal as `==` sees it; undefined where it cannot be told. Terraform compares types as well (`"1"`
 * is not 1, a list is not a tuple), and the sources alone do not give the type of every value: what looks the same and
 * may differ in type is left open.
 */
export function equal(left: Value, right: Value): boolean | undefined {
  if (left === null || right === null) {
    const other = left ?? right;
    if (other === null) return true;
    return isContainer(other) || typeof other !== "object" ? false : undefined;
  }
  if (isContainer(left) && isContainer(right)) return differ(left, right) ? false : undefined;
  if (!isKnown(left) || !isKnown(right)) return undefined;
  if (typeof left === "object" || typeof right === "object") return false;
  if (typeof left === typeof right) return left === right;
  return String(left) === String(right) ? undefined : false;
}

function isContainer(value: Value): value is ListValue | MapValue | SetValue {
  return value instanceof ListValue || value instanceof MapValue || value instanceof SetValue;
}

/** True where they cannot be equal whatever their types and unknown parts are. */
function differ(left: Value, right: Value): boolean {
  if (left instanceof ListValue && right instanceof ListValue)
    return (
      left.items.length !== right.items.length ||
      left.items.some((item, position) => differ(item, right.items[position] ?? null))
    );
  if (left instanceof MapValue && right instanceof MapValue) {
    if (left.entries.size !== right.entries.size) return true;
    return [...left.entries].some(([key, item]) => {
      const other = right.entries.get(key);
      return other === undefined || differ(item, other);
    });
  }
  if (!isKnown(left) || !isKnown(right)) return false;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object")
    return scalarText(left) !== scalarText(right);
  return left.constructor === right.constructor && fingerprintOf(left) !== fingerprintOf(right);
}

/** Certainly the same value, unknown parts left out of account: then it does not matter which of the two is meant. */
export function same(left: Value, right: Value): boolean {
  return isKnown(left) && isKnown(right) && sameKind(left, right) && fingerprintOf(left) === fingerprintOf(right);
}

function sameKind(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  return typeof left === typeof right && left.constructor === right.constructor;
}

/** A container is unlike every scalar. */
function scalarText(value: Value): string {
  return value !== null && typeof value === "object" ? "{}[]" : String(value);
}
