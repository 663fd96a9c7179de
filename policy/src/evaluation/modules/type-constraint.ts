import type { Expression } from "../syntax/expression.ts";
import { parseExpression } from "../syntax/parse-expression.ts";
import { Scanner, SyntaxStop } from "../syntax/scanner.ts";
import { toBool, toList, toMap, toNumber, toSet, toText } from "../values/convert.ts";
import { EvaluationFault, isKnown, kindOf, ListValue, MapValue, Open, SetValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** The type of a variable. */
export type TypeConstraint =
  | { kind: "any" | "string" | "number" | "bool" }
  | { kind: "list" | "set" | "map"; element: TypeConstraint }
  | { kind: "tuple"; items: readonly TypeConstraint[] }
  | { kind: "object"; members: ReadonlyMap<string, Member> };

interface Member {
  type: TypeConstraint;
  optional: boolean;
  fallback?: Expression;
}

const anything: TypeConstraint = { kind: "any" };

/** Reads a type; what is none counts as `any`. */
export function readType(expression: Expression): TypeConstraint {
  if (expression.kind === "variable") {
    const { name } = expression;
    if (name === "string" || name === "number" || name === "bool") return { kind: name };
    if (name === "list" || name === "set" || name === "map") return { kind: name, element: anything };
    return anything;
  }
  // The JSON syntax, and Terraform 0.11, write types as texts.
  if (expression.kind === "literal" && typeof expression.value === "string") return readTypeText(expression.value);
  if (expression.kind !== "call") return anything;
  const [argument] = expression.arguments;
  if (!argument) return anything;
  switch (expression.name) {
    case "list":
    case "set":
    case "map":
      return { kind: expression.name, element: readType(argument) };
    case "tuple":
      return argument.kind === "tuple" ? { kind: "tuple", items: argument.items.map(readType) } : anything;
    case "object":
      return argument.kind === "object" ? { kind: "object", members: readMembers(argument) } : anything;
    default:
      return anything;
  }
}

function readTypeText(text: string): TypeConstraint {
  try {
    return readType(parseExpression(new Scanner("", text)));
  } catch (fault) {
    if (fault instanceof SyntaxStop) return anything;
    throw fault;
  }
}

function readMembers(object: Expression & { kind: "object" }): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const { key, value } of object.entries) {
    if (key.kind !== "literal") continue;
    const optional = value.kind === "call" && value.name === "optional";
    const type = optional ? (value.arguments[0] ?? value) : value;
    const fallback = optional ? value.arguments[1] : undefined;
    members.set(String(key.value), { type: readType(type), optional, ...(fallback ? { fallback } : {}) });
  }
  return members;
}

/** Converts as Terraform does on the way into a variable; `defaultOf` gives the value behind `optional(type, …)`. */
export function convertTo(value: Value, type: TypeConstraint, defaultOf: (expression: Expression) => Value): Value {
  if (value === null || value instanceof Unknown || value instanceof Open) return value;
  const inner = (item: Value, own: TypeConstraint): Value => convertTo(item, own, defaultOf);
  switch (type.kind) {
    case "any":
      return value;
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBool(value);
    case "list": {
      if (value instanceof SetValue && !isKnown(value)) return new Unknown();
      const items = isKnown(value) && type.element.kind === "any" ? toList(value) : value;
      return new ListValue(elements(items).map((item) => inner(item, type.element)));
    }
    case "set": {
      const items = isKnown(value) && type.element.kind === "any" ? toSet(value) : value;
      return new SetValue(elements(items).map((item) => inner(item, type.element)));
    }
    case "map": {
      if (!(value instanceof MapValue)) throw new EvaluationFault(`a map is needed, not ${kindOf(value)}`);
      const map = isKnown(value) && type.element.kind === "any" && !holdsContainers(value) ? toMap(value) : value;
      return new MapValue([...map.entries].map(([key, item]) => [key, inner(item, type.element)]));
    }
    case "tuple":
      return new ListValue(elements(value).map((item, position) => inner(item, type.items[position] ?? anything)));
    case "object":
      return toObject(value, type.members, defaultOf);
  }
}

function holdsContainers(map: MapValue): boolean {
  return [...map.entries.values()].some((item) => item !== null && typeof item === "object");
}

function elements(value: Value): readonly Value[] {
  if (value instanceof ListValue) return value.items;
  if (value instanceof SetValue) return value.items;
  throw new EvaluationFault(`a list is needed, not ${kindOf(value)}`);
}

function toObject(
  value: Value,
  members: ReadonlyMap<string, Member>,
  defaultOf: (expression: Expression) => Value,
): Value {
  if (!(value instanceof MapValue)) throw new EvaluationFault(`an object is needed, not ${kindOf(value)}`);
  const entries: [string, Value][] = [];
  for (const [name, member] of members) {
    const given = value.entries.get(name);
    if (given === undefined && !member.optional)
      throw new EvaluationFault(`the attribute ${JSON.stringify(name)} is missing`);
    const chosen = given ?? (member.fallback ? defaultOf(member.fallback) : null);
    entries.push([name, convertTo(chosen, member.type, defaultOf)]);
  }
  return new MapValue(entries);
}
