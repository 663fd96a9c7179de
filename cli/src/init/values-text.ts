import { posix } from "node:path";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import type { Attribute } from "@plumbline/policy/sources/syntax-tree";
import type { At } from "./directory.ts";

/** One file of values made of others, and what in them looks like a secret. */
export interface ValuesText {
  text: string;
  secrets: (At & { name: string })[];
}

const secretName = /(?:password|passwd|secret|token|private_key|api_?key|credential)/i;
/** Names of keys that are no secrets themselves: `kms_key_id`, `secret_name`. */
const harmless = /(?:_id|_arn|_name|_path|_version|_length|_days|_ttl|_enabled)$/i;

/**
 * Joins files; of a variable that stands in several, the last one's value is taken, as the engine does. What looks like a
 * secret is left out: only a comment stands in its place.
 */
export function joinValues(files: readonly { file: string; text: string }[], target: string): ValuesText {
  const parsed = files.map(({ file, text }) => parseSource(file, text));
  const secrets = parsed.flatMap(({ path, attributes }) =>
    [...attributes.values()].filter(looksSecret).map(({ name, place }) => ({ file: path, line: place.line, name })),
  );
  const component = posix.basename(target, ".tfvars");
  const environment = posix.dirname(target).slice("environments/".length);
  const copied = files.map(({ file }) => printable(file)).join(", ");
  const head = [
    `# Values of ${component === "common" ? "all components" : component} in ${environment}${copied === "" ? "" : `, copied from ${copied}`}.`,
    "# A value that differs between environments says why beside it: size = 3 # why: expected load",
  ];
  const [only] = files;
  if (files.length === 1 && secrets.length === 0 && only !== undefined)
    return { text: `${head.join("\n")}\n${only.text.trimEnd()}\n`, secrets };
  const values = new Map<string, string>();
  for (const { text, attributes } of parsed)
    for (const attribute of attributes.values()) {
      values.delete(attribute.name);
      values.set(
        attribute.name,
        looksSecret(attribute) ? secretLine(attribute.name, environment, component) : valueLine(text, attribute),
      );
    }
  return { text: `${[...head, ...values.values()].join("\n")}\n`, secrets };
}

/** Where a file of values seems to hold secrets. */
export function secretsIn({ file, text }: { file: string; text: string }): At[] {
  return [...parseSource(file, text).attributes.values()]
    .filter(looksSecret)
    .map(({ place }) => ({ file, line: place.line }));
}

/** Whether a variable of this name probably holds a secret. */
export function namesSecret(name: string): boolean {
  return secretName.test(name) && !harmless.test(name);
}

function looksSecret({ name, value }: Attribute): boolean {
  if (!namesSecret(name)) return false;
  const literal = literalValue(value);
  return typeof literal === "string" && literal !== "";
}

/** What stands in the place of a secret. */
export function secretLine(name: string, environment: string, component: string): string {
  return `# ${name} looks like a secret and was left out: plumb variables set ${name} --environment ${environment} --component ${component}`;
}

function valueLine(text: string, { name, value }: Attribute): string {
  return `${name} = ${text.slice(value.start, value.end)}`;
}

function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "?");
}
