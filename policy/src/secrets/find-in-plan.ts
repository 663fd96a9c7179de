import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { findSecrets } from "./find-secrets.ts";
import type { FoundSecret } from "./found-secret.ts";
import type { SecretMask } from "./mask.ts";
import { secretName } from "./named.ts";
import { isKey, isPassword } from "./plausible.ts";

/** A credential in the value of a resource's attribute. */
export interface SecretInPlan {
  resource: Resource;
  attribute: string;
  secret: FoundSecret;
  value: string;
  /** The attribute's text that holds it, as the plan has it: it may be encoded there. */
  held: string;
}

/** Data sources that hand on what stands in files of the repository, or what they are given. */
const handsOn = "data\\.(?:local_file|template_file|template_cloudinit_config|cloudinit_config)";

/** References to what only says how values are passed on; anything else is made by a resource or read from outside. */
const passedOn = new RegExp(`^(?:var|local|path|each|count|terraform|self|${handsOn})(?:\\.|$)`);

/**
 * Finds credentials in planned values: rendered templates, user data (base64 too), environments of functions and
 * containers. Attributes that the code does not set, that come from other resources, or that are sensitive anyway, are
 * left out: what a resource makes and keeps to itself is not written down by anybody.
 */
export function findInPlan(plan: unknown, resources: readonly Resource[], mask: SecretMask): SecretInPlan[] {
  const sensitive = new Map(
    objectsAt(plan, "resource_changes").map((change) => [
      stringAt(change, "address") ?? "",
      objectAt(change, "change")["after_sensitive"],
    ]),
  );
  return resources.flatMap((resource) => {
    const hidden = sensitive.get(resource.address);
    if (hidden === true || resource.configured === undefined) return [];
    const marks = isObject(hidden) ? hidden : {};
    const { expressions } = resource.configured;
    return Object.entries(resource.values)
      .filter(([name]) => expressions[name] !== undefined && isWritten(expressions[name]))
      .flatMap(([name, value]) => inValue(name, name, value, marks[name]))
      .map(({ attribute, secret, text, held }) => {
        mask.add(undefined, text, [secret]);
        return { resource, attribute, secret, held, value: text.slice(secret.start, secret.end) };
      });
  });
}

/** True where an expression hands on nothing but variables and literals. */
function isWritten(expression: Json): boolean {
  if (Array.isArray(expression)) return expression.every(isWritten);
  if (!isObject(expression)) return true;
  const references = expression["references"];
  if (Array.isArray(references))
    return references.every((reference) => typeof reference === "string" && passedOn.test(reference));
  return Object.values(expression).every(isWritten);
}

interface Hit {
  attribute: string;
  secret: FoundSecret;
  text: string;
  held: string;
}

/** `marks` has the value's shape, with `true` where it is sensitive. */
function inValue(path: string, name: string, value: Json, marks: Json | undefined): Hit[] {
  if (marks === true) return [];
  if (typeof value === "string") return inText(path, name, value);
  if (Array.isArray(value))
    return value.flatMap((item, position) =>
      inValue(
        `${path}[${position}]`,
        pairedName(item) ?? name,
        item,
        Array.isArray(marks) ? marks[position] : undefined,
      ),
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    inValue(
      `${path}.${key}`,
      key === "value" ? (pairedName(value) ?? key) : key,
      member,
      isObject(marks) ? marks[key] : undefined,
    ),
  );
}

/** `{ name = "DB_PASSWORD", value = … }` names its value. */
function pairedName(value: Json): string | undefined {
  return isObject(value) ? (stringAt(value, "name") ?? stringAt(value, "key")) : undefined;
}

function inText(attribute: string, name: string, value: string): Hit[] {
  const text = /(?:base64|custom_data|user_data)$/.test(name) ? decoded(value) : value;
  const structured = parsed(text);
  if (structured !== undefined)
    return inValue(attribute, name, structured, undefined).map((hit) => ({ ...hit, attribute, held: value }));
  const meaning = secretName(name);
  if (meaning !== undefined && (meaning === "password" ? isPassword(text, false) : isKey(text)))
    return [
      {
        attribute,
        text,
        held: value,
        secret: { kind: meaning, name: meaning, start: 0, end: text.length, trust: "named" },
      },
    ];
  return findSecrets(text, "other").map((secret) => ({ attribute, text, held: value, secret }));
}

function decoded(value: string): string {
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(value)) return value;
  const text = Buffer.from(value, "base64").toString("utf8");
  return text.includes("\u0000") || text.includes("\ufffd") ? value : text;
}

function parsed(text: string): JsonObject | Json[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
