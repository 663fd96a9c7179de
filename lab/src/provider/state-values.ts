import { isValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Value, ValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import { isUnknown } from "@plumbline/providers/dynamic-value/unknown-value";
import type { Attribute, JsonObject, JsonValue, Kind } from "../kinds/attribute.ts";
import { NOT_KNOWN_YET } from "../kinds/check-values.ts";
import { resourceAttributes } from "./schema.ts";

/**
 * The state of a resource from what the cloud answers. The state so far decides what the answer cannot: a secret is
 * never given back, and "nothing" may have been written as null, "", [] or {}.
 */
export function stateFromAnswer(kind: Kind, answer: JsonObject, prior: ValueObject): ValueObject {
  const state: { [name: string]: Value } = {};
  for (const attribute of resourceAttributes(kind)) state[attribute.name] = carry(attribute, answer, prior);
  for (const list of kind.lists) {
    const before = listOf(prior[list.name]);
    if (prior[list.name] === null && listOf(answer[list.name]).length === 0) {
      state[list.name] = null;
      continue;
    }
    state[list.name] = listOf(answer[list.name]).map((item, index) => {
      const old = before[index];
      const fields = isValueObject(item) ? item : {};
      return Object.fromEntries(
        list.attributes.map((attribute) => [attribute.name, carry(attribute, fields, isValueObject(old) ? old : {})]),
      );
    });
  }
  return state;
}

function carry(attribute: Attribute, answer: ValueObject, prior: ValueObject): Value {
  const before = prior[attribute.name] ?? null;
  if (attribute.secret) return before;
  const now = answer[attribute.name] ?? null;
  return isEmpty(now) && isEmpty(before) && !isUnknown(before) ? before : now;
}

/** A planned state once applied: what was unknown comes from the cloud, the rest stays what was promised. */
export function completePlan(planned: Value, answered: Value | undefined): Value {
  if (isUnknown(planned)) return answered ?? null;
  if (Array.isArray(planned)) {
    const answers = listOf(answered);
    return planned.map((item, index) => completePlan(item, answers[index]));
  }
  if (!isValueObject(planned)) return planned;
  const answers = isValueObject(answered) ? answered : {};
  return Object.fromEntries(Object.entries(planned).map(([name, item]) => [name, completePlan(item, answers[name])]));
}

/** What the API is sent: every attribute that a caller may set, as JSON; what is unknown is left to the cloud. */
export function requestValues(kind: Kind, state: ValueObject): JsonObject {
  const values: JsonObject = {};
  for (const attribute of kind.attributes) {
    const value = state[attribute.name];
    if (attribute.presence === "assigned" || isUnknown(value)) continue;
    values[attribute.name] = toJson(value, attribute.type === "number");
  }
  for (const list of kind.lists)
    values[list.name] = listOf(state[list.name]).map((item) =>
      Object.fromEntries(
        list.attributes.map(({ name, type }) => [
          name,
          toJson(isValueObject(item) ? item[name] : null, type === "number"),
        ]),
      ),
    );
  return values;
}

/** The configuration in the form that the cloud's own checks understand. */
export function checkableValues(kind: Kind, config: ValueObject): { [name: string]: unknown } {
  const convert = (attributes: readonly Attribute[], from: ValueObject) =>
    Object.fromEntries(
      attributes.map(({ name, type }) => [name, checkable(from[name], type === "number")] as [string, unknown]),
    );
  const values: { [name: string]: unknown } = convert(kind.attributes, config);
  for (const list of kind.lists) {
    const items = config[list.name];
    values[list.name] = isUnknown(items)
      ? NOT_KNOWN_YET
      : listOf(items).map((item) => (isValueObject(item) ? convert(list.attributes, item) : NOT_KNOWN_YET));
  }
  return values;
}

function checkable(value: Value | undefined, isNumber: boolean): unknown {
  if (isUnknown(value)) return NOT_KNOWN_YET;
  if (Array.isArray(value)) return value.map((item) => checkable(item, false));
  if (isValueObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, checkable(item, false)]));
  return toJson(value, isNumber);
}

// Terraform writes a number that JavaScript cannot hold exactly as text or as a large integer.
function toJson(value: Value | undefined, isNumber: boolean): JsonValue {
  if (value === undefined || value === null || isUnknown(value)) return null;
  if (typeof value === "bigint" || (isNumber && typeof value === "string")) return Number(value);
  if (Array.isArray(value)) return value.map((item) => toJson(item, false));
  if (isValueObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item, false)]));
  return value as boolean | number | string;
}

function isEmpty(value: Value): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isValueObject(value) && Object.keys(value).length === 0;
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
