import type { Expression, Loop } from "../syntax/expression.ts";
import { toBool, toText } from "../values/convert.ts";
import {
  elementsOf,
  EvaluationFault,
  isKnown,
  kindOf,
  largestValue,
  LimitReached,
  ListValue,
  MapValue,
  SetValue,
  unknownFrom,
} from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";
import { withNames } from "./scope.ts";

/** Keys and elements of what a loop goes through; undefined where they are not known. A set's elements are their own keys. */
export function iterate(value: Value, ordered: boolean): readonly (readonly [Value, Value])[] | undefined {
  if (value instanceof ListValue) return value.items.map((item, position) => [position, item]);
  if (value instanceof MapValue) return [...value.entries];
  if (value instanceof SetValue) {
    const items = ordered ? elementsOf(value) : value.known ? value.items : undefined;
    return items?.map((item) => [item, item]);
  }
  if (value === null || typeof value !== "object") throw new EvaluationFault(`${kindOf(value)} cannot be gone through`);
  return undefined;
}

function* rounds(loop: Loop, elements: readonly (readonly [Value, Value])[], scope: Scope): Generator<Scope> {
  for (const [key, item] of elements) {
    const names = new Map([[loop.value, item]]);
    if (loop.key !== undefined) names.set(loop.key, key);
    yield withNames(scope, names);
  }
}

export function evaluateFor(expression: Expression & { kind: "for" }, scope: Scope): Value {
  const collection = scope.evaluate(expression.loop.collection, scope);
  const elements = iterate(collection, expression.key === undefined || expression.grouped);
  if (!elements) return unknownFrom([collection]);
  const items: Value[] = [];
  const entries = new Map<string, Value>();
  const groups = new Map<string, Value[]>();
  for (const inner of rounds(expression.loop, elements, scope)) {
    if (expression.condition) {
      const condition = scope.evaluate(expression.condition, inner);
      if (!isKnown(condition)) return unknownFrom([condition, collection]);
      if (!toBool(condition)) continue;
    }
    if (!expression.key) {
      items.push(scope.evaluate(expression.value, inner));
      continue;
    }
    const key = scope.evaluate(expression.key, inner);
    if (!isKnown(key)) return unknownFrom([key, collection]);
    const name = toText(key);
    const value = scope.evaluate(expression.value, inner);
    if (expression.grouped) groups.set(name, [...(groups.get(name) ?? []), value]);
    else if (entries.has(name)) throw new EvaluationFault(`the key ${JSON.stringify(name)} comes twice`);
    else entries.set(name, value);
  }
  if (!expression.key) return new ListValue(items);
  if (expression.grouped) return new MapValue([...groups].map(([name, group]) => [name, new ListValue(group)]));
  return new MapValue(entries);
}

/** `%{ for … }` in a template. */
export function evaluateRepeat(loop: Loop, body: Expression, scope: Scope): Value {
  const collection = scope.evaluate(loop.collection, scope);
  const elements = iterate(collection, true);
  if (!elements) return unknownFrom([collection]);
  const parts: Value[] = [];
  let size = 0;
  for (const inner of rounds(loop, elements, scope)) {
    const part = scope.evaluate(body, inner);
    parts.push(part);
    size += typeof part === "string" ? part.length : 0;
    if (size > largestValue * 5) throw new LimitReached("a template grows without bound");
  }
  return parts.every(isKnown) ? parts.map(toText).join("") : unknownFrom(parts);
}
