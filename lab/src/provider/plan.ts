import { isDeepStrictEqual } from "node:util";
import { isValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Value, ValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import { UNKNOWN, isUnknown } from "@plumbline/providers/dynamic-value/unknown-value";
import type { Attribute, Kind } from "../kinds/attribute.ts";
import { resourceAttributes } from "./schema.ts";

export type Plan = { planned: ValueObject; replaces: Attribute[] };

/**
 * What a resource will be: what was asked for, with fallbacks where nothing was, and unknown where the cloud decides.
 * @param prior undefined when it is to be created
 * @param proposed Terraform's merge of the configuration and the prior state
 */
export function planResource(
  kind: Kind,
  prior: ValueObject | undefined,
  proposed: ValueObject,
  config: ValueObject,
): Plan {
  const attributes = resourceAttributes(kind);
  const planned: { [name: string]: Value } = planAttributes(attributes, proposed, config, prior === undefined);
  for (const list of kind.lists) {
    const items = config[list.name] ?? null;
    planned[list.name] = Array.isArray(items)
      ? items.map((item: Value) => (isValueObject(item) ? planAttributes(list.attributes, item, item, true) : item))
      : items;
  }
  const replaces =
    prior === undefined
      ? []
      : attributes.filter(({ name, replaces: fixed }) => fixed === true && !sameValue(prior[name], planned[name]));
  return { planned, replaces };
}

function planAttributes(
  attributes: readonly Attribute[],
  proposed: ValueObject,
  config: ValueObject,
  creating: boolean,
): { [name: string]: Value } {
  return Object.fromEntries(
    attributes.map((attribute) => [attribute.name, planAttribute(attribute, proposed, config, creating)]),
  );
}

function planAttribute(attribute: Attribute, proposed: ValueObject, config: ValueObject, creating: boolean): Value {
  const { name, presence, fallback } = attribute;
  const asked = config[name] ?? null;
  if (asked !== null) return asked;
  if (presence === "assigned" || presence === "optional_assigned") return creating ? UNKNOWN : (proposed[name] ?? null);
  return fallback ?? null;
}

function sameValue(before: Value | undefined, after: Value | undefined): boolean {
  if (isUnknown(after)) return false;
  // 5 may come as number or bigint; a text never equals a number here, because types are fixed by the schema.
  if (typeof before === "bigint" || typeof after === "bigint") return Number(before) === Number(after);
  return isDeepStrictEqual(before ?? null, after ?? null);
}
