import type { Masked } from "./display.ts";
import { childOf } from "./display.ts";
import { isObject } from "./json.ts";
import { covers } from "./masks.ts";

/** One place where two values differ. */
export interface Difference {
  path: (string | number)[];
  before: Masked;
  after: Masked;
}

/**
 * Where two values differ, down to single texts and numbers. A list's equal members are matched first, so that one
 * inserted at the front is one difference; lists of the same members in another order differ as a whole. What is
 * sensitive or unknown on either side is never looked into.
 */
export function differences(before: Masked, after: Masked, path: (string | number)[] = []): Difference[] {
  const whole = [{ path, before, after }];
  if (after.unknown === true) return whole;
  if (before.sensitive === true || after.sensitive === true) {
    const isSame = spell(before) === spell(after) && !covers(after.unknown);
    // Sensitive on one side is hidden on both: the other side often still is the same secret.
    const hidden = { path, before: { ...before, sensitive: true }, after: { ...after, sensitive: true } };
    return isSame ? [] : [hidden];
  }
  if (hasMembers(before) || hasMembers(after)) {
    if (isListOrAbsent(before) && isListOrAbsent(after)) return listDifferences(before, after, path);
    if (isObjectOrAbsent(before) && isObjectOrAbsent(after)) return objectDifferences(before, after, path);
    return whole;
  }
  return spell(before) === spell(after) ? [] : whole;
}

function objectDifferences(before: Masked, after: Masked, path: (string | number)[]): Difference[] {
  const keys = new Set([...keysOf(before), ...keysOf(after)]);
  return [...keys].toSorted().flatMap((key) => differences(childOf(before, key), childOf(after, key), [...path, key]));
}

function listDifferences(before: Masked, after: Masked, path: (string | number)[]): Difference[] {
  const old = members(before);
  const next = members(after);
  const places = new Map<string, number[]>();
  old.forEach((item, index) => {
    const spelled = spell(item);
    const known = places.get(spelled);
    if (known === undefined) places.set(spelled, [index]);
    else known.push(index);
  });
  for (const indexes of places.values()) indexes.reverse();
  const matched = new Set<number>();
  const order: number[] = [];
  const fresh: number[] = [];
  next.forEach((item, index) => {
    const same = covers(item.unknown) ? undefined : places.get(spell(item))?.pop();
    if (same === undefined) fresh.push(index);
    else {
      matched.add(same);
      order.push(same);
    }
  });
  const gone = [...old.keys()].filter((index) => !matched.has(index));
  const isReordered = order.some((place, index) => index > 0 && place < (order[index - 1] ?? 0));
  if (isReordered) return [{ path, before, after }];
  const pairs = Math.min(gone.length, fresh.length);
  return [
    ...fresh.flatMap((index, position) =>
      differences(position < pairs ? childOf(before, gone[position] ?? 0) : absent, childOf(after, index), [
        ...path,
        index,
      ]),
    ),
    ...gone.slice(pairs).flatMap((index) => differences(childOf(before, index), absent, [...path, index])),
  ];
}

const absent: Masked = { value: undefined, sensitive: false, unknown: false };

function members(masked: Masked): Masked[] {
  return Array.isArray(masked.value) ? masked.value.map((_, index) => childOf(masked, index)) : [];
}

function keysOf({ value, unknown }: Masked): string[] {
  return [...(isObject(value) ? Object.keys(value) : []), ...(isObject(unknown) ? Object.keys(unknown) : [])];
}

function hasMembers({ value, unknown }: Masked): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (isObject(value) && Object.keys(value).length > 0) || (isObject(unknown) && covers(unknown));
}

function isListOrAbsent({ value }: Masked): boolean {
  return value === undefined || value === null || Array.isArray(value);
}

function isObjectOrAbsent({ value }: Masked): boolean {
  return value === undefined || value === null || isObject(value);
}

/** A value with its sensitive mask in one spelling, members of objects sorted; absent and null are the same. */
function spell({ value }: Masked): string {
  return JSON.stringify(value ?? null, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
