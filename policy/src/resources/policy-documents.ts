import { unknownText } from "../vocabulary/statement.ts";
import { isObject, objectAt, objectsAt, stringAt } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Resource } from "./resource.ts";

const type = "aws_iam_policy_document";

/**
 * The policy documents of data sources that are read only at apply, because they name something that is not made yet:
 * address → JSON text in which `unknownText` stands for what is not known. Documents made of other documents are left out.
 */
export function openDocuments(plan: JsonObject): Map<string, string> {
  const documents = new Map<string, string>();
  for (const change of objectsAt(plan, "resource_changes")) {
    if (change["mode"] !== "data" || change["type"] !== type) continue;
    const { after, after_unknown: unknown } = objectAt(change, "change");
    const text = isObject(after) ? documentOf(after, isObject(unknown) ? unknown : {}) : undefined;
    if (text !== undefined) documents.set(stringAt(change, "address") ?? "", text);
  }
  return documents;
}

/**
 * The policy that the values of an `aws_iam_policy_document` describe, as JSON text. `unknown` has the same shape, with
 * `true` where a value is not known; undefined where not even the number of statements is.
 */
function documentOf(values: JsonObject, unknown: JsonObject): string | undefined {
  const composed = ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];
  if (composed.some((name) => isPresent(values[name]) || isPresent(unknown[name]))) return undefined;
  if (unknown["statement"] === true) return undefined;
  const marks = unknown["statement"];
  const statements = objectsAt(values, "statement").map((statement, position) =>
    statementOf(statement, markAt(marks, position)),
  );
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Attributes of the resource that hold one of these documents and nothing else, with its text. */
export function documentsIn(resource: Resource, open: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, expression] of Object.entries(resource.configured?.expressions ?? {})) {
    const references = isObject(expression) ? expression["references"] : undefined;
    if (resource.unknown[name] !== true || !Array.isArray(references)) continue;
    const text = references.every(isDocument) ? documentMeant(resource, references, open) : undefined;
    if (text !== undefined) found.set(name, text);
  }
  return found;
}

function isDocument(reference: Json): boolean {
  return typeof reference === "string" && reference.startsWith(`data.${type}.`);
}

/** `data.aws_iam_policy_document.a[0].json` names an instance; with `each.key` it is that of the same key. */
function documentMeant(
  resource: Resource,
  references: readonly Json[],
  open: ReadonlyMap<string, string>,
): string | undefined {
  const named = new Set(
    references.map((reference) =>
      typeof reference === "string" ? /^data\.\w+\.[\w-]+/.exec(reference)?.[0] : undefined,
    ),
  );
  const [name] = named;
  if (named.size !== 1 || name === undefined) return undefined;
  const address = resource.moduleAddress === "" ? name : `${resource.moduleAddress}.${name}`;
  const own = resource.index === undefined ? "" : `[${JSON.stringify(resource.index)}]`;
  return open.get(address) ?? open.get(`${address}${own}`) ?? open.get(`${address}[0]`);
}

function statementOf(values: JsonObject, unknown: JsonObject): JsonObject {
  const effect = unknown["effect"] === true ? unknownText : (values["effect"] ?? "Allow");
  const statement: JsonObject = { Effect: effect };
  const lists = { Action: "actions", NotAction: "not_actions", Resource: "resources", NotResource: "not_resources" };
  for (const [element, name] of Object.entries(lists)) {
    const texts = textsAt(values, unknown, name);
    if (texts.length > 0) statement[element] = texts;
  }
  for (const [element, name] of Object.entries({ Principal: "principals", NotPrincipal: "not_principals" })) {
    const principals = principalsOf(values, unknown, name);
    if (principals) statement[element] = principals;
  }
  statement["Condition"] = conditionsOf(values, unknown);
  return statement;
}

function principalsOf(values: JsonObject, unknown: JsonObject, name: string): JsonObject | undefined {
  if (unknown[name] === true) return { AWS: [unknownText] };
  const principals: JsonObject = {};
  for (const [position, block] of objectsAt(values, name).entries()) {
    const kind = stringAt(block, "type") ?? "AWS";
    const key = kind === "*" ? "AWS" : kind;
    const before = principals[key];
    const texts = textsAt(block, markAt(unknown[name], position), "identifiers");
    principals[key] = [...(Array.isArray(before) ? before : []), ...texts];
  }
  return Object.keys(principals).length > 0 ? principals : undefined;
}

function conditionsOf(values: JsonObject, unknown: JsonObject): JsonObject {
  const conditions: JsonObject = {};
  if (unknown["condition"] === true) return { [unknownText]: { [unknownText]: [unknownText] } };
  for (const [position, block] of objectsAt(values, "condition").entries()) {
    const operator = stringAt(block, "test") ?? unknownText;
    const key = stringAt(block, "variable") ?? unknownText;
    const texts = textsAt(block, markAt(unknown["condition"], position), "values");
    conditions[operator] = { ...objectAt(conditions, operator), [key]: texts };
  }
  return conditions;
}

/** The texts of a list or set; a set with something unknown inside shows only that there is such. */
function textsAt(values: JsonObject, unknown: JsonObject, name: string): Json[] {
  const listed = values[name];
  const mark = unknown[name];
  const known = Array.isArray(listed) ? listed.filter((text) => typeof text === "string") : [];
  const open = mark === true || (Array.isArray(mark) && mark.includes(true));
  return open ? [...known, unknownText] : known;
}

function markAt(marks: Json | undefined, position: number): JsonObject {
  const mark = Array.isArray(marks) ? marks[position] : undefined;
  return isObject(mark) ? mark : {};
}

function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return !Array.isArray(value) || value.length > 0;
}
