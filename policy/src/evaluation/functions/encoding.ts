import { createHash } from "node:crypto";
import { parseDocument, stringify } from "yaml";
import { toText } from "../values/convert.ts";
import { encodeJson, fromJson } from "../values/json.ts";
import { CannotTell, EvaluationFault, isKnown, Unknown, unknownFrom } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { at, nullable, partial, pure } from "./function.ts";
import type { Functions } from "./function.ts";

function hash(algorithm: string, encoding: "hex" | "base64") {
  return pure(1, 1, (...values) =>
    createHash(algorithm)
      .update(toText(at(values, 0)))
      .digest(encoding),
  );
}

/** A document with unknown parts is an unknown text that still tells what it will encode. */
function jsonencode(...values: readonly Value[]): Value {
  const value = at(values, 0);
  return isKnown(value) ? encodeJson(value) : new Unknown(unknownFrom([value]).origins, value);
}

function jsondecode(text: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    throw new EvaluationFault("the text is no JSON");
  }
}

function yamldecode(text: string): Value {
  // Terraform reads YAML 1.1, where yes and on are true.
  const document = parseDocument(text, { version: "1.1", merge: true });
  if (document.errors.length > 0) throw new EvaluationFault("the text is no YAML");
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    if (!isPlain(content)) throw new CannotTell("the YAML document holds more than JSON can");
    return fromJson(content);
  } catch (fault) {
    throw fault instanceof CannotTell ? fault : new CannotTell("the YAML document cannot be read here");
  }
}

/** Nothing but what JSON has: no dates, sets or bytes. */
function isPlain(content: unknown): boolean {
  if (Array.isArray(content)) return content.every(isPlain);
  if (typeof content === "object" && content !== null)
    return Object.getPrototypeOf(content) === Object.prototype && Object.values(content).every(isPlain);
  return content !== undefined && typeof content !== "bigint";
}

/** Every text in double quotes and lists not indented; how Terraform breaks texts of several lines is not imitated. */
function yamlencode(value: Value): string {
  const json = encodeJson(value);
  if (json.includes("\\n")) throw new CannotTell("the layout of such a YAML document");
  const style = {
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
    lineWidth: 0,
    indentSeq: false,
  } as const;
  return stringify(JSON.parse(json), style);
}

function base64decode(text: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new EvaluationFault("the text is no base64");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, "base64"));
  } catch {
    throw new EvaluationFault("the decoded bytes are no text");
  }
}

function urlencode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function textFunction(apply: (text: string) => Value) {
  return pure(1, 1, (...values) => apply(toText(at(values, 0))));
}

/** Functions that encode, decode and hash. */
export const encodingFunctions: Functions = {
  base64decode: textFunction(base64decode),
  base64encode: textFunction((text) => Buffer.from(text).toString("base64")),
  base64sha256: hash("sha256", "base64"),
  base64sha512: hash("sha512", "base64"),
  jsondecode: textFunction(jsondecode),
  jsonencode: nullable(partial(1, 1, jsonencode)),
  md5: hash("md5", "hex"),
  sha1: hash("sha1", "hex"),
  sha256: hash("sha256", "hex"),
  sha512: hash("sha512", "hex"),
  urlencode: textFunction(urlencode),
  yamldecode: textFunction(yamldecode),
  yamlencode: nullable(pure(1, 1, (...values) => yamlencode(at(values, 0)))),
};
