import type { DisplayValue } from "@plumbline/contract";
import type { JsonValue } from "./json.ts";
import { BigNumber, isObject } from "./json.ts";
import { childMask } from "./masks.ts";

const longestText = 2_000;
const steering = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A value with its masks. */
export interface Masked {
  value: JsonValue | undefined;
  sensitive: JsonValue;
  unknown: JsonValue;
}

/** The part of a masked value under a key. */
export function childOf(masked: Masked, key: string | number): Masked {
  const { value } = masked;
  let child: JsonValue | undefined;
  if (typeof key === "number") child = Array.isArray(value) ? value[key] : undefined;
  else if (isObject(value) && Object.hasOwn(value, key)) child = value[key];
  return { value: child, sensitive: childMask(masked.sensitive, key), unknown: childMask(masked.unknown, key) };
}

/** A value as people see it; never anything that its mask, or `isSecret`, calls sensitive. */
export function display(masked: Masked, isSecret: (text: string) => boolean): DisplayValue {
  if (masked.unknown === true) return { kind: "unknown" };
  if (masked.value === undefined || masked.value === null) return { kind: "absent" };
  if (masked.sensitive === true) return { kind: "sensitive" };
  // Looked for in the whole text, before it is shortened: half a secret is one too.
  if (typeof masked.value === "string" && isSecret(masked.value)) return { kind: "sensitive" };
  const rendered = render(masked, { left: longestText * 2 });
  if (isSecret(rendered)) return { kind: "sensitive" };
  const text = escapeSteering(rendered);
  if (text.length <= longestText) return { kind: "value", text };
  return { kind: "value", text: `${text.slice(0, longestText)}…`.toWellFormed(), shortened: true };
}

/**
 * Writes marks that turn the direction of writing, and controls, as escapes: people approve by what they read. They stand
 * within quotes only.
 */
function escapeSteering(text: string): string {
  return text.replaceAll(
    steering,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** A path as people see it: `ingress[0].cidr_blocks`, `tags["a b"]`. */
export function displayPath(path: readonly (string | number)[], isSecret: (text: string) => boolean): string {
  const text = formatPath(path);
  return isSecret(text) ? "(sensitive)" : escapeSteering(text);
}

/** As HCL writes it. */
function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(part))
        return `[${JSON.stringify(part.slice(0, 200).toWellFormed())}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

function render(masked: Masked, budget: { left: number }): string {
  const { value } = masked;
  if (budget.left <= 0) return "…";
  if (masked.unknown === true) return "(known after apply)";
  if (masked.sensitive === true) return "(sensitive value)";
  if (Array.isArray(value))
    return wrap(
      "[",
      value.keys().map((index) => () => render(childOf(masked, index), budget)),
      "]",
      budget,
    );
  if (isObject(value)) {
    const keys = Object.keys(value).toSorted();
    const members = keys.values().map((key) => () => `${formatPath([key])} = ${render(childOf(masked, key), budget)}`);
    return wrap("{ ", members, " }", budget);
  }
  const text = value instanceof BigNumber ? value.raw : (JSON.stringify(value) ?? "null");
  budget.left -= text.length;
  return text;
}

function wrap(open: string, members: Iterable<() => string>, close: string, budget: { left: number }): string {
  const parts: string[] = [];
  for (const member of members) {
    budget.left -= 2;
    if (budget.left <= 0) {
      parts.push("…");
      break;
    }
    parts.push(member());
  }
  return parts.length === 0 ? `${open}${close}`.replaceAll(" ", "") : `${open}${parts.join(", ")}${close}`;
}
