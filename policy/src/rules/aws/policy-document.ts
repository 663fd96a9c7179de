import { isObject, objectsAt } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";

/** The attribute is an IAM document, as JSON text, with a statement that allows every principal without a condition. */
export function grantsEverybody(path: string): Condition {
  return judge(({ read }) => {
    const value = read(path);
    if (!value.known) return [{ outcome: "unknown", attribute: path }];
    const document = parse(value.value);
    return document && statements(document).some(allowsEverybody) ? [{ outcome: "true", attribute: path }] : [];
  });
}

function parse(value: Json): JsonObject | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  try {
    const document: unknown = JSON.parse(value);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** `Statement` is a list, or one statement by itself. */
function statements(document: JsonObject): JsonObject[] {
  const single = document["Statement"];
  return isObject(single) ? [single] : objectsAt(document, "Statement");
}

function allowsEverybody(statement: JsonObject): boolean {
  if (statement["Effect"] !== "Allow") return false;
  const condition = statement["Condition"];
  if (isObject(condition) && Object.keys(condition).length > 0) return false;
  // Allow with NotPrincipal lets in everybody but those it names.
  return statement["NotPrincipal"] !== undefined || isEverybody(statement["Principal"]);
}

function isEverybody(principal: Json | undefined): boolean {
  if (principal === "*") return true;
  if (Array.isArray(principal)) return principal.includes("*");
  return isObject(principal) && isEverybody(principal["AWS"]);
}
