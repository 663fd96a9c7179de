import { CannotTell, EvaluationFault, kindOf, ListValue, MapValue, SetValue } from "./value.ts";
import type { Value } from "./value.ts";

/** As Terraform writes it into a text. */
export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    const text = String(value);
    if (text.includes("e") || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      throw new CannotTell("the number is too large or too small to be written exactly");
    return text;
  }
  throw new EvaluationFault(`a text is needed, not ${kindOf(value)}`);
}

export function toNumber(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return exact(Number(value));
  throw new EvaluationFault(`a number is needed, not ${kindOf(value)}`);
}

export function toBool(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new EvaluationFault(`true or false is needed, not ${kindOf(value)}`);
}

/** Terraform counts with 512 bits; a result that a double does not hold for certain is not claimed. */
export function exact(result: number): number {
  if (Number.isInteger(result)) {
    if (Number.isSafeInteger(result)) return result;
  } else if (Number.isFinite(result)) {
    const short = Number(result.toPrecision(12));
    if (Math.abs(short - result) <= Math.abs(result) * 1e-14) return short;
  }
  throw new CannotTell("the number cannot be computed exactly");
}

/** Known elements of different kinds become texts, as in a list, set or map of one type. Unlike containers cannot be told. */
function unified(items: readonly Value[]): readonly Value[] {
  const kinds = new Set(items.filter((item) => item !== null).map((item) => typeof item));
  if (kinds.size < 2) return items;
  if (kinds.has("object")) throw new CannotTell("the elements have different types");
  if (!kinds.has("string")) throw new EvaluationFault("numbers and booleans have no common type");
  return items.map((item) => (item === null ? null : toText(item)));
}

export function toList(value: Value): ListValue {
  if (value instanceof ListValue) return new ListValue(unified(value.items));
  if (value instanceof SetValue) {
    if (!value.ordered || !value.known) throw new CannotTell("the order of a set's elements is not known");
    return new ListValue(value.items);
  }
  throw new EvaluationFault(`a list is needed, not ${kindOf(value)}`);
}

export function toSet(value: Value): SetValue {
  if (value instanceof SetValue) return value;
  if (value instanceof ListValue) return new SetValue(unified(value.items));
  throw new EvaluationFault(`a list or set is needed, not ${kindOf(value)}`);
}

export function toMap(value: Value): MapValue {
  if (value instanceof MapValue) {
    const values = unified([...value.entries.values()]);
    return new MapValue([...value.entries.keys()].map((key, position) => [key, values[position] ?? null]));
  }
  throw new EvaluationFault(`a map is needed, not ${kindOf(value)}`);
}
