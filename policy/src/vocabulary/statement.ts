import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";

/**
 * A statement of an IAM policy document, in one shape: what may be a text or a list is a list, what is missing is empty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Statement {
  effect: string;
  actions: readonly string[];
  /** All actions but these. */
  notActions: readonly string[];
  resources: readonly string[];
  notResources: readonly string[];
  principals: Principals;
  /** All principals but these; undefined where the statement has none. */
  notPrincipals: Principals | undefined;
  conditions: readonly StatementCondition[];
}

/** `*` alone counts as AWS `*`. */
export interface Principals {
  aws: readonly string[];
  service: readonly string[];
  federated: readonly string[];
}

/** `operator` and `key` in small letters, as IAM compares them. */
export interface StatementCondition {
  operator: string;
  key: string;
  values: readonly string[];
}

/** Stands in a document for text that is known only after apply. No policy can hold it. */
export const unknownText = "\u0000known after apply\u0000";

/** The statements of a document: JSON text, or the object itself. Undefined where it is no policy document. */
export function statementsOf(value: Json): Statement[] | undefined {
  const document = typeof value === "string" ? parse(value) : value;
  if (!isObject(document)) return undefined;
  const listed = document["Statement"];
  const raw = Array.isArray(listed) ? listed : [listed];
  const statements = raw.filter(isObject);
  return statements.length === raw.length ? statements.map(readStatement) : undefined;
}

function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function readStatement(raw: JsonObject): Statement {
  return {
    effect: typeof raw["Effect"] === "string" ? raw["Effect"] : "",
    actions: texts(raw["Action"]).map((action) => action.toLowerCase()),
    notActions: texts(raw["NotAction"]).map((action) => action.toLowerCase()),
    resources: texts(raw["Resource"]),
    notResources: texts(raw["NotResource"]),
    principals: readPrincipals(raw["Principal"]),
    notPrincipals: raw["NotPrincipal"] === undefined ? undefined : readPrincipals(raw["NotPrincipal"]),
    conditions: readConditions(raw["Condition"]),
  };
}

function readPrincipals(raw: Json | undefined): Principals {
  if (!isObject(raw)) return { aws: texts(raw), service: [], federated: [] };
  return { aws: texts(raw["AWS"]), service: texts(raw["Service"]), federated: texts(raw["Federated"]) };
}

function readConditions(raw: Json | undefined): StatementCondition[] {
  if (!isObject(raw)) return [];
  return Object.entries(raw).flatMap(([operator, tests]) =>
    isObject(tests)
      ? Object.entries(tests).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: texts(values),
        }))
      : [],
  );
}

/** One text, or a list of them; numbers and booleans as IAM writes them. */
function texts(raw: Json | undefined): string[] {
  const list = Array.isArray(raw) ? raw : raw === undefined || raw === null ? [] : [raw];
  return list.filter((item) => item !== null && typeof item !== "object").map(String);
}
