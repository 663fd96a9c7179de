import { MapValue, SetValue, ListValue, isKnown, Unknown, unknownFrom } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { toText } from "../values/convert.ts";
import { documentInText } from "../values/text-in-part.ts";
import { fromJson, toJson } from "../values/json.ts";
import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";

/**
 * What `data.aws_iam_policy_document` encodes, from its arguments as a map with lists of blocks. A part that is not known is
 * unknown by itself; undefined where the whole cannot be told.
 */
export function policyDocument(body: MapValue): MapValue | undefined {
  const sources = ["source_json", "source_policy_documents"].flatMap((name) => textsAt(body, name));
  const overrides = ["override_json", "override_policy_documents"].flatMap((name) => textsAt(body, name));
  const statements = merged([...sources.map(statementsIn), [statementsOf(body)].flat()], overrides.map(statementsIn));
  if (!statements) return undefined;
  const id = idOf(body, [...sources, ...overrides]);
  return new MapValue([
    ["Version", body.entries.get("version") ?? "2012-10-17"],
    ...(id === undefined || id === null ? [] : [["Id", id] as const]),
    ["Statement", new ListValue(statements)],
  ]);
}

/** As the provider writes it: two blanks per level, and its own order of members. */
export function encodePolicyDocument(document: MapValue): string {
  const order = [
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
  ];
  const inOrder = (value: Json, top: boolean): Json => {
    if (Array.isArray(value)) return value.map((item) => inOrder(item, top));
    if (!isObject(value)) return value;
    const names = Object.keys(value);
    const sorted = top ? order.filter((name) => names.includes(name)) : names.sort();
    return Object.fromEntries(sorted.map((name) => [name, inOrder(value[name] ?? null, top && name === "Statement")]));
  };
  return JSON.stringify(inOrder(toJson(document), true), undefined, 2);
}

/** The document's own id, else that of the last document it takes in. */
function idOf(body: MapValue, documents: readonly Value[]): Value | undefined {
  const own = body.entries.get("policy_id");
  if (own !== undefined && own !== null) return own;
  const ids = documents.map((text) => documentIn(text)?.entries.get("Id"));
  return ids.findLast((id) => id !== undefined && id !== null);
}

type Statements = readonly Value[] | undefined;

/** Statements with the same id replace those of earlier documents; overriding ones are added where nothing has their id. */
function merged(sources: readonly Statements[], overrides: readonly Statements[]): Value[] | undefined {
  const all: Value[] = [];
  for (const document of [...sources, ...overrides]) {
    if (!document) return undefined;
    for (const statement of document) {
      const sid = statement instanceof MapValue ? statement.entries.get("Sid") : undefined;
      const place =
        sid === undefined
          ? -1
          : all.findIndex((other) => other instanceof MapValue && other.entries.get("Sid") === sid);
      if (place >= 0) all[place] = statement;
      else all.push(statement);
    }
  }
  return all;
}

/** A document given as text: known, unknown with a document behind it, or unknown. */
function textsAt(body: MapValue, name: string): Value[] {
  const value = body.entries.get(name);
  if (value === undefined || value === null) return [];
  return value instanceof ListValue || value instanceof SetValue ? [...value.items] : [value];
}

/** Undefined where nothing is known of the document, or its version is one that counts differently. */
function statementsIn(text: Value): Statements {
  const document = documentIn(text);
  const version = document?.entries.get("Version") ?? "2012-10-17";
  return document && version === "2012-10-17" ? listOf(document.entries.get("Statement")) : undefined;
}

function documentIn(text: Value): MapValue | undefined {
  if (text instanceof Unknown) {
    if (text.document === undefined) return text.text === undefined ? undefined : documentInText(text.text);
    return text.document instanceof MapValue ? text.document : undefined;
  }
  if (typeof text !== "string") return undefined;
  try {
    const document = fromJson(JSON.parse(text));
    return document instanceof MapValue ? document : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: Value | undefined): Statements {
  if (value === undefined) return [];
  if (value instanceof ListValue) return value.items;
  return value instanceof MapValue ? [value] : undefined;
}

function statementsOf(body: MapValue): Value[] {
  const blocks = body.entries.get("statement");
  if (blocks === undefined) return [];
  if (!(blocks instanceof ListValue)) return [new Unknown()];
  return blocks.items.map((block) => (block instanceof MapValue ? statementOf(block) : new Unknown()));
}

function statementOf(block: MapValue): MapValue {
  const entries: [string, Value][] = [];
  const sid = block.entries.get("sid");
  if (sid !== undefined && sid !== null && sid !== "") entries.push(["Sid", sid]);
  entries.push(["Effect", block.entries.get("effect") ?? "Allow"]);
  const lists = [
    ["Action", "actions"],
    ["NotAction", "not_actions"],
    ["Resource", "resources"],
    ["NotResource", "not_resources"],
  ] as const;
  for (const [member, attribute] of lists) {
    const value = block.entries.get(attribute);
    if (value === undefined || value === null || isEmpty(value)) continue;
    entries.push([member, oneOrMany(value)]);
  }
  for (const [member, attribute] of [
    ["Principal", "principals"],
    ["NotPrincipal", "not_principals"],
  ] as const) {
    const value = principalsOf(block.entries.get(attribute));
    if (value !== undefined) entries.push([member, value]);
  }
  const condition = conditionsOf(block.entries.get("condition"));
  if (condition !== undefined) entries.push(["Condition", condition]);
  return new MapValue(entries);
}

function isEmpty(value: Value): boolean {
  return (value instanceof ListValue || value instanceof SetValue) && value.items.length === 0;
}

/** One is written without a list; several come in reversed order. */
function oneOrMany(value: Value): Value {
  if (!(value instanceof ListValue || value instanceof SetValue)) return unknownFrom([value]);
  const set = value instanceof SetValue ? value : new SetValue(value.items);
  if (set.items.length === 1) return set.items[0] ?? null;
  return new ListValue(set.known ? set.items.map(toText).sort().toReversed() : set.items);
}

function principalsOf(blocks: Value | undefined): Value | undefined {
  if (blocks === undefined) return undefined;
  if (!(blocks instanceof ListValue)) return new Unknown();
  const byType = new Map<string, Value[]>();
  for (const block of blocks.items) {
    const type = block instanceof MapValue ? block.entries.get("type") : undefined;
    const identifiers = block instanceof MapValue ? block.entries.get("identifiers") : undefined;
    if (
      typeof type !== "string" ||
      identifiers === undefined ||
      !(identifiers instanceof ListValue || identifiers instanceof SetValue)
    )
      return new Unknown();
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers.items]);
  }
  const [everybody] = byType.get("*") ?? [];
  if (byType.size === 1 && everybody === "*" && byType.get("*")?.length === 1) return "*";
  return byType.size === 0
    ? undefined
    : new MapValue([...byType].map(([type, items]) => [type, oneOrMany(new ListValue(items))]));
}

function conditionsOf(blocks: Value | undefined): Value | undefined {
  if (blocks === undefined) return undefined;
  if (!(blocks instanceof ListValue)) return new Unknown();
  const tests = new Map<string, Map<string, Value[]>>();
  for (const block of blocks.items) {
    const [test, variable, values] = ["test", "variable", "values"].map((name) =>
      block instanceof MapValue ? block.entries.get(name) : undefined,
    );
    if (
      typeof test !== "string" ||
      typeof variable !== "string" ||
      !(values instanceof ListValue || values instanceof SetValue)
    )
      return new Unknown();
    const variables = tests.get(test) ?? new Map<string, Value[]>();
    tests.set(test, variables);
    variables.set(variable, [...(variables.get(variable) ?? []), ...values.items]);
  }
  if (tests.size === 0) return undefined;
  const inner = (variables: Map<string, Value[]>): MapValue =>
    new MapValue(
      [...variables].map(([name, items]) => [name, items.length === 1 ? (items[0] ?? null) : conditionValues(items)]),
    );
  return new MapValue([...tests].map(([test, variables]) => [test, inner(variables)]));
}

function conditionValues(items: readonly Value[]): Value {
  return items.every(isKnown) ? new ListValue(items.map(toText)) : new ListValue(items);
}
