import type { Origin } from "../evaluation.ts";

/** A value while it is computed. Containers know whether everything in them is known, and how much they hold. */
export type Value = null | boolean | number | string | ListValue | MapValue | SetValue | Unknown | Open;

/** More elements and text than this in one value are not worked on. */
export const largestValue = 200_000;

/** Origins beyond these say nothing new. */
const mostOrigins = 16;

/** The code is wrong in a way that Terraform would refuse too: `try` and `can` see it. */
export class EvaluationFault extends Error {}

/** The value cannot be told here although Terraform may know it; it becomes unknown. */
export class CannotTell extends Error {}

/** A limit was reached; nothing catches it but the resource or output it happened in. */
export class LimitReached extends Error {}

/** Known only after apply, or not from the sources. */
export class Unknown {
  readonly origins: readonly Origin[];
  /** What the text encodes where it is a document with unknown parts. */
  readonly document?: Value;
  /** The text as far as it is known, with marks for the gaps: see `text-in-part.ts`. */
  readonly text?: string;

  constructor(origins: readonly Origin[] = [], document?: Value, text?: string) {
    this.origins = origins;
    if (document !== undefined) this.document = document;
    if (text !== undefined) this.text = text;
  }
}

/** A list, or a tuple. */
export class ListValue {
  readonly items: readonly Value[];
  readonly known: boolean;
  readonly weight: number;

  constructor(items: readonly Value[]) {
    this.items = items;
    this.known = items.every(isKnown);
    this.weight = weigh(items);
  }
}

/** A set. Elements that are known are there once, in Terraform's order where they are all texts, numbers or booleans. */
export class SetValue {
  readonly items: readonly Value[];
  readonly known: boolean;
  readonly weight: number;

  constructor(items: readonly Value[]) {
    this.items = distinct(items);
    this.known = items.every(isKnown);
    this.weight = weigh(this.items);
  }

  /** False where the order of the elements is one that only Terraform knows. */
  get ordered(): boolean {
    return this.items.length < 2 || this.items.every((item) => typeof item === typeof this.items[0] && isScalar(item));
  }
}

/** A map or an object; iterated in the order of its keys. */
export class MapValue {
  readonly entries: ReadonlyMap<string, Value>;
  readonly known: boolean;
  readonly weight: number;

  constructor(entries: Iterable<readonly [string, Value]>) {
    this.entries = new Map([...entries].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)));
    const values = [...this.entries.values()];
    this.known = values.every(isKnown);
    this.weight = weigh(values) + this.entries.size;
  }
}

/** Something with attributes of which only some are written down: a resource, a module, a namespace. */
export class Open {
  readonly read: (name: string) => Value;
  readonly origin: Origin | undefined;

  constructor(read: (name: string) => Value, origin?: Origin) {
    this.read = read;
    this.origin = origin;
  }
}

function isScalar(value: Value): value is boolean | number | string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** True where nothing in it is unknown. */
export function isKnown(value: Value): boolean {
  if (value === null || typeof value !== "object") return true;
  return !(value instanceof Unknown) && !(value instanceof Open) && value.known;
}

function weightOf(value: Value): number {
  if (typeof value === "string") return 1 + (value.length >> 6);
  if (value === null || typeof value !== "object" || value instanceof Unknown || value instanceof Open) return 1;
  return value.weight;
}

/** Values share their parts, so a few lines can describe more than any memory holds: the sum tells before anybody looks. */
function weigh(values: readonly Value[]): number {
  let sum = 1;
  for (const value of values) sum += weightOf(value);
  if (sum > largestValue) throw new LimitReached(`a value has more than ${largestValue} parts`);
  return sum;
}

/** Unknown because of these. */
export function unknownFrom(values: readonly Value[]): Unknown {
  const origins = new Map<string, Origin>();
  const collect = (value: Value): void => {
    if (origins.size >= mostOrigins || value === null || typeof value !== "object") return;
    if (value instanceof Unknown)
      for (const origin of value.origins) origins.set(`${origin.address} ${origin.attribute}`, origin);
    else if (value instanceof Open) {
      if (value.origin) origins.set(`${value.origin.address} ${value.origin.attribute}`, value.origin);
    } else if (!value.known)
      for (const item of value instanceof MapValue ? value.entries.values() : value.items) collect(item);
  };
  for (const value of values) collect(value);
  return new Unknown([...origins.values()].slice(0, mostOrigins));
}

function distinct(items: readonly Value[]): Value[] {
  const seen = new Map<string, Value>();
  for (const item of items) {
    const key = isKnown(item) ? fingerprintOf(item) : `? ${seen.size}`;
    if (!seen.has(key)) seen.set(key, item);
  }
  const found = [...seen.values()];
  const [first] = found;
  if (found.length < 2 || first === undefined || !found.every((item) => typeof item === typeof first)) return found;
  if (typeof first === "number") return found.sort((left, right) => Number(left) - Number(right));
  return isScalar(first) ? found.sort((left, right) => (fingerprintOf(left) < fingerprintOf(right) ? -1 : 1)) : found;
}

/** Equal for equal known values only. */
export function fingerprintOf(value: Value): string {
  if (value instanceof ListValue) return `[${value.items.map(fingerprintOf).join(",")}]`;
  if (value instanceof SetValue) return `<${value.items.map(fingerprintOf).sort().join(",")}>`;
  if (value instanceof MapValue)
    return `{${[...value.entries].map(([key, item]) => `${JSON.stringify(key)}:${fingerprintOf(item)}`).join(",")}}`;
  return JSON.stringify(value);
}

/** The elements of a list or set in order; undefined where they or their order cannot be told. */
export function elementsOf(value: Value): readonly Value[] | undefined {
  if (value instanceof ListValue) return value.items;
  if (value instanceof SetValue) return value.known && value.ordered ? value.items : undefined;
  return undefined;
}

/** What kind of value it is, for messages. */
export function kindOf(value: Value): string {
  if (value === null) return "null";
  if (value instanceof ListValue) return "a list";
  if (value instanceof SetValue) return "a set";
  if (value instanceof MapValue) return "a map";
  return typeof value === "object" ? "an unknown value" : `a ${typeof value}`;
}
