import { toNumber, toText } from "../values/convert.ts";
import { EvaluationFault, isKnown, kindOf, LimitReached, MapValue, Open, SetValue, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** Instances of one block beyond these are not made. */
const mostInstances = 5_000;

/** One instance of a resource, a data source or a module, with what `count` or `each` mean in it. */
export interface Instance {
  key?: string | number;
  names: ReadonlyMap<string, Value>;
}

/** How often a block stands. `unknown`: one instance, of which neither the key is known nor whether there is any. */
export interface Expansion {
  by: "single" | "count" | "for_each" | "unknown";
  instances: readonly Instance[];
}

export const single: Expansion = { by: "single", instances: [{ names: new Map() }] };

export function expandCount(value: Value): Expansion {
  if (!isKnown(value)) return unknownExpansion("count", namespace({ index: new Unknown() }));
  if (value === null) throw new EvaluationFault("count is null");
  const count = toNumber(value);
  if (!Number.isInteger(count) || count < 0) throw new EvaluationFault("count must be a whole number");
  if (count > mostInstances) throw new LimitReached(`count makes more than ${mostInstances} instances`);
  const instances = Array.from({ length: count }, (_, key): Instance => {
    return { key, names: new Map([["count", namespace({ index: key })]]) };
  });
  return { by: "count", instances };
}

export function expandForEach(value: Value): Expansion {
  const entries = entriesOf(value);
  if (!entries) return unknownExpansion("each", namespace({ key: new Unknown(), value: new Unknown() }));
  if (entries.length > mostInstances) throw new LimitReached(`for_each makes more than ${mostInstances} instances`);
  const instances = entries.map(([key, item]): Instance => {
    return { key, names: new Map([["each", namespace({ key, value: item })]]) };
  });
  return { by: "for_each", instances };
}

function unknownExpansion(name: string, value: Value): Expansion {
  return { by: "unknown", instances: [{ names: new Map([[name, value]]) }] };
}

function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (value instanceof MapValue) return [...value.entries];
  if (value instanceof SetValue)
    return value.known ? value.items.map((item) => [toText(item), item] as const) : undefined;
  if (!isKnown(value)) return undefined;
  throw new EvaluationFault(`for_each needs a map or a set of texts, not ${kindOf(value)}`);
}

/** Names that are all written down. */
export function namespace(members: Readonly<Record<string, Value>>): Open {
  return new Open((name) => {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    return value === undefined ? new Unknown() : value;
  });
}

/** An index as it stands in an address. */
export function formatKey(key: string | number | undefined): string {
  if (key === undefined) return "";
  return typeof key === "number" ? `[${key}]` : `[${JSON.stringify(key).replaceAll(/([$%])\{/g, "$1$1{")}]`;
}
