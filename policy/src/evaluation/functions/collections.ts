import { equal } from "../values/compare.ts";
import { exact, toBool, toList, toMap, toNumber, toSet, toText } from "../values/convert.ts";
import {
  CannotTell,
  elementsOf,
  EvaluationFault,
  fingerprintOf,
  isKnown,
  kindOf,
  largestValue,
  LimitReached,
  ListValue,
  MapValue,
  SetValue,
  Unknown,
  unknownFrom,
} from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { isCertainText } from "../values/text-in-part.ts";
import { asMap, at, list, nullable, partial, pure, variadic } from "./function.ts";
import type { Functions } from "./function.ts";

/** Elements of a list or set; what is unknown or without a known order is left open. */
function items(value: Value): readonly Value[] {
  if (value instanceof ListValue || value instanceof SetValue) {
    const found = elementsOf(value);
    if (!found) throw new CannotTell("the order of a set's elements is not known");
    return found;
  }
  if (value instanceof MapValue) throw new EvaluationFault("a list is needed, not a map");
  if (value !== null && typeof value === "object") throw new CannotTell("the list is not known");
  throw new EvaluationFault(`a list is needed, not ${kindOf(value)}`);
}

/** Like `items` for functions that also work on lists whose elements are unknown; undefined where the list itself is. */
function openItems(value: Value): readonly Value[] | undefined {
  if (value instanceof ListValue) return value.items;
  if (value instanceof SetValue) return elementsOf(value);
  if (value === null || typeof value !== "object" || value instanceof MapValue)
    throw new EvaluationFault(`a list is needed, not ${kindOf(value)}`);
  return undefined;
}

function position(value: Value, length: number): number {
  const index = toNumber(value);
  if (length === 0) throw new EvaluationFault("an empty list has no elements");
  if (!Number.isInteger(index)) throw new EvaluationFault("a position must be a whole number");
  return ((index % length) + length) % length;
}

/** `merge`: later ones win; with one argument unknown nothing is certain. */
function merge(...values: readonly Value[]): Value {
  const entries = new Map<string, Value>();
  for (const value of values) {
    if (value === null) continue;
    if (value instanceof MapValue) for (const [key, item] of value.entries) entries.set(key, item);
    else if (typeof value === "object" && !isKnown(value)) return unknownFrom(values);
    else throw new EvaluationFault(`merge needs maps, not ${kindOf(value)}`);
  }
  return new MapValue(entries);
}

function flatten(value: Value): Value {
  const flat: Value[] = [];
  const add = (inner: Value): boolean => {
    if (inner instanceof ListValue || inner instanceof SetValue) {
      const elements = elementsOf(inner);
      return elements !== undefined && elements.every(add);
    }
    // What is unknown may itself be a list.
    if (inner instanceof Unknown) return false;
    flat.push(inner);
    if (flat.length > largestValue) throw new LimitReached("a list grows without bound");
    return true;
  };
  if (openItems(value) === undefined || !add(value)) return unknownFrom([value]);
  return list(flat);
}

function lookup(...values: readonly Value[]): Value {
  const [map, key, fallback] = [at(values, 0), at(values, 1), values[2]];
  if (map instanceof MapValue) {
    if (!isKnown(key)) return unknownFrom(values);
    const found = map.entries.get(toText(key));
    if (found !== undefined) return found;
    if (fallback !== undefined) return fallback;
    throw new EvaluationFault(`the map has no key ${JSON.stringify(toText(key))}`);
  }
  if (map === null || typeof map !== "object" || isKnown(map))
    throw new EvaluationFault(`lookup needs a map, not ${kindOf(map)}`);
  return unknownFrom(values);
}

function contains(value: Value, wanted: Value): Value {
  const found = value instanceof SetValue ? value.items : openItems(value);
  if (!found || !isKnown(wanted)) return unknownFrom([value, wanted]);
  let open = false;
  for (const item of found) {
    const same = contained(item, wanted);
    if (same) return true;
    if (same === undefined) open = true;
  }
  return open ? unknownFrom([value, wanted]) : false;
}

function contained(item: Value, wanted: Value): boolean | undefined {
  return equal(item, wanted);
}

function length(value: Value): Value {
  if (typeof value === "string")
    return [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(value)].length;
  if (value instanceof ListValue) return value.items.length;
  if (value instanceof MapValue) return value.entries.size;
  if (value instanceof SetValue)
    return value.known || value.items.length < 2 ? value.items.length : unknownFrom([value]);
  if (value === null || typeof value !== "object") throw new EvaluationFault(`${kindOf(value)} has no length`);
  return unknownFrom([value]);
}

function element(value: Value, index: Value): Value {
  const found = openItems(value);
  if (!found || !isKnown(index)) return unknownFrom([value, index]);
  return at(found, position(index, found.length));
}

/** The first argument that is neither null nor (for texts) empty. */
function coalesce(...values: readonly Value[]): Value {
  const kinds = new Set(values.filter((value) => value !== null && isKnown(value)).map((value) => typeof value));
  for (const value of values) {
    if (!isKnown(value)) return isCertainText(value) ? value : unknownFrom([value]);
    if (value === null || value === "") continue;
    return kinds.has("string") && typeof value !== "object" ? toText(value) : value;
  }
  throw new EvaluationFault("coalesce found nothing that is neither null nor empty");
}

/** What is not known is left out or not; only a text that is certain not to be empty stays. */
function compact(texts: Value): Value {
  const found = openItems(texts);
  if (!found?.every((item) => isKnown(item) || isCertainText(item))) return unknownFrom([texts]);
  return list(
    found.filter((item) => item !== null && item !== "").map((item) => (isKnown(item) ? toText(item) : item)),
  );
}

function coalescelist(...values: readonly Value[]): Value {
  for (const value of values) {
    const found = openItems(value);
    if (!found) return unknownFrom(values);
    if (found.length > 0) return value;
  }
  throw new EvaluationFault("coalescelist found no list with elements");
}

function range(...values: readonly Value[]): Value {
  const numbers = values.map(toNumber);
  const [first = 0, second] = numbers;
  const [start, limit] = second === undefined ? [0, first] : [first, second];
  const step = numbers[2] ?? (start > limit ? -1 : 1);
  if (step === 0) throw new EvaluationFault("range needs a step that is not zero");
  const counted: number[] = [];
  for (let next = start; step > 0 ? next < limit : next > limit; next = exact(next + step)) {
    counted.push(next);
    if (counted.length > 1024) throw new EvaluationFault("range makes at most 1024 numbers");
  }
  return list(counted);
}

function slice(value: Value, from: Value, to: Value): Value {
  const found = openItems(value);
  if (!found || !isKnown(from) || !isKnown(to)) return unknownFrom([value, from, to]);
  const [start, end] = [toNumber(from), toNumber(to)];
  if (start < 0 || end > found.length || start > end) throw new EvaluationFault("slice reaches beyond the list");
  return list(found.slice(start, end));
}

function setproduct(...values: readonly Value[]): Value {
  const lists = values.map((value) => items(value));
  const size = lists.reduce((product, { length: count }) => product * count, 1);
  if (size * lists.length > largestValue) throw new LimitReached("setproduct grows without bound");
  let rows: Value[][] = [[]];
  for (const elements of lists) rows = rows.flatMap((row) => elements.map((item) => [...row, item]));
  return list(rows.map(list));
}

function zipmap(keys: Value, values: Value): Value {
  const [names, found] = [openItems(keys), openItems(values)];
  if (!names || !found || !isKnown(keys)) return unknownFrom([keys, values]);
  if (names.length !== found.length) throw new EvaluationFault("zipmap needs as many values as keys");
  return new MapValue(names.map((name, place) => [toText(name), at(found, place)]));
}

function one(value: Value): Value {
  const found = value instanceof SetValue && value.known ? value.items : openItems(value);
  if (!found) return unknownFrom([value]);
  if (found.length > 1) throw new EvaluationFault("one needs a list with at most one element");
  return found[0] ?? null;
}

function chunklist(value: Value, size: Value): Value {
  const [found, count] = [items(value), toNumber(size)];
  if (count < 1) return list([list(found)]);
  const chunks: Value[] = [];
  for (let start = 0; start < found.length; start += count) chunks.push(list(found.slice(start, start + count)));
  return list(chunks);
}

function combine(choose: (sets: readonly ReadonlySet<string>[], key: string) => boolean) {
  return (...values: readonly Value[]): Value => {
    const sets = values.map(toSet);
    const kinds = new Set(sets.flatMap((set) => set.items.map((item) => typeof item)));
    if (kinds.size > 1) throw new CannotTell("the sets hold elements of different types");
    const keys = sets.map((set) => new Set(set.items.map(fingerprintOf)));
    return new SetValue(sets.flatMap((set) => set.items.filter((item) => choose(keys, fingerprintOf(item)))));
  };
}

function matchkeys(values: Value, keys: Value, wanted: Value): Value {
  const searched = new Set(items(wanted).map(fingerprintOf));
  const names = items(keys);
  return list(items(values).filter((_, place) => searched.has(fingerprintOf(at(names, place)))));
}

function distinctOf(value: Value): Value {
  const seen = new Set<string>();
  return list(items(value).filter((item) => !seen.has(fingerprintOf(item)) && seen.add(fingerprintOf(item))));
}

function sorted(value: Value): Value {
  const texts = items(value).map(toText);
  return list(texts.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
}

function transpose(value: Value): Value {
  const turned = new Map<string, string[]>();
  for (const [key, names] of asMap(value).entries)
    for (const name of items(names)) turned.set(toText(name), [...(turned.get(toText(name)) ?? []), key]);
  return new MapValue([...turned].map(([name, keys]) => [name, list(keys.sort())]));
}

function concat(...values: readonly Value[]): Value {
  const joined: Value[] = [];
  for (const value of values) {
    const found = openItems(value);
    if (!found) return unknownFrom(values);
    joined.push(...found);
  }
  return list(joined);
}

function openMap(value: Value, of: (map: MapValue) => Value): Value {
  if (value instanceof MapValue) return of(value);
  if (value !== null && typeof value === "object" && !isKnown(value)) return unknownFrom([value]);
  throw new EvaluationFault(`a map is needed, not ${kindOf(value)}`);
}

function toListOpen(value: Value): Value {
  if (isKnown(value)) return toList(value);
  return value instanceof ListValue ? value : unknownFrom([value]);
}

function toSetOpen(value: Value): Value {
  if (isKnown(value)) return toSet(value);
  return value instanceof ListValue
    ? new SetValue(value.items)
    : value instanceof SetValue
      ? value
      : unknownFrom([value]);
}

function toMapOpen(value: Value): Value {
  if (isKnown(value)) return toMap(value);
  return value instanceof MapValue ? value : unknownFrom([value]);
}

function sumOf(value: Value): Value {
  const found = value instanceof SetValue ? value.items : items(value);
  if (found.length === 0) throw new EvaluationFault("sum needs a list with elements");
  return found.map(toNumber).reduce((left, right) => exact(left + right));
}

function allOf(value: Value): Value {
  const found = value instanceof SetValue ? value.items : items(value);
  return found.every((item) => item !== null && toBool(item));
}

function anyOf(value: Value): Value {
  const found = value instanceof SetValue ? value.items : items(value);
  return found.some((item) => item !== null && toBool(item));
}

const any = Number.POSITIVE_INFINITY;

/** Functions over lists, sets and maps. */
export const collectionFunctions: Functions = {
  alltrue: pure(1, 1, allOf),
  anytrue: pure(1, 1, anyOf),
  chunklist: pure(2, 2, (...values) => chunklist(at(values, 0), at(values, 1))),
  coalesce: nullable(partial(1, any, coalesce)),
  coalescelist: partial(1, any, coalescelist),
  compact: partial(1, 1, (...values) => compact(at(values, 0))),
  concat: partial(1, any, concat),
  contains: nullable(partial(2, 2, (...values) => contains(at(values, 0), at(values, 1)))),
  distinct: pure(1, 1, (...values) => distinctOf(at(values, 0))),
  element: partial(2, 2, (...values) => element(at(values, 0), at(values, 1))),
  flatten: partial(1, 1, (...values) => flatten(at(values, 0))),
  index: pure(2, 2, (...values) => {
    const place = items(at(values, 0)).findIndex((item) => fingerprintOf(item) === fingerprintOf(at(values, 1)));
    if (place < 0) throw new EvaluationFault("the list does not hold the element");
    return place;
  }),
  keys: partial(1, 1, (...values) => openMap(at(values, 0), (map) => list([...map.entries.keys()]))),
  length: partial(1, 1, (...values) => length(at(values, 0))),
  lookup: nullable(partial(2, 3, lookup)),
  matchkeys: pure(3, 3, (...values) => matchkeys(at(values, 0), at(values, 1), at(values, 2))),
  merge: nullable(partial(0, any, merge)),
  one: partial(1, 1, (...values) => one(at(values, 0))),
  range: pure(1, 3, range),
  reverse: partial(1, 1, (...values) => {
    const found = openItems(at(values, 0));
    return found ? list(found.toReversed()) : unknownFrom(values);
  }),
  setintersection: variadic(
    1,
    combine((sets, key) => sets.every((set) => set.has(key))),
  ),
  setproduct: variadic(1, setproduct),
  setsubtract: pure(
    2,
    2,
    combine(([first, second], key) => first?.has(key) === true && second?.has(key) !== true),
  ),
  setsymmetricdifference: pure(
    2,
    2,
    combine((sets, key) => sets.filter((set) => set.has(key)).length === 1),
  ),
  setunion: variadic(
    1,
    combine(() => true),
  ),
  slice: partial(3, 3, (...values) => slice(at(values, 0), at(values, 1), at(values, 2))),
  sort: pure(1, 1, (...values) => sorted(at(values, 0))),
  sum: pure(1, 1, (...values) => sumOf(at(values, 0))),
  tolist: nullable(partial(1, 1, (...values) => (values[0] === null ? null : toListOpen(at(values, 0))))),
  tomap: nullable(partial(1, 1, (...values) => (values[0] === null ? null : toMapOpen(at(values, 0))))),
  toset: nullable(partial(1, 1, (...values) => (values[0] === null ? null : toSetOpen(at(values, 0))))),
  transpose: pure(1, 1, (...values) => transpose(at(values, 0))),
  values: partial(1, 1, (...values) => openMap(at(values, 0), (map) => list([...map.entries.values()]))),
  zipmap: partial(2, 2, (...values) => zipmap(at(values, 0), at(values, 1))),
};
