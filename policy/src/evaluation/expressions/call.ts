import { createHash } from "node:crypto";
import type { PureFunction } from "../functions/function.ts";
import { functions } from "../functions/functions.ts";
import type { Expression } from "../syntax/expression.ts";
import { parseTemplate } from "../syntax/parse-expression.ts";
import { SyntaxStop } from "../syntax/scanner.ts";
import { toText } from "../values/convert.ts";
import { textInPart, unknownWithText } from "../values/text-in-part.ts";
import {
  CannotTell,
  elementsOf,
  EvaluationFault,
  isKnown,
  ListValue,
  MapValue,
  Open,
  Unknown,
  unknownFrom,
} from "../values/value.ts";
import type { Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

type Call = Expression & { kind: "call" };

/** Functions whose answer is another one every time; they are known only after apply, which is nothing to tell of. */
const impure = new Set(["timestamp", "uuid", "bcrypt", "plantimestamp"]);

const textHashes: Readonly<Record<string, readonly [string, "hex" | "base64"]>> = {
  filemd5: ["md5", "hex"],
  filesha1: ["sha1", "hex"],
  filesha256: ["sha256", "hex"],
  filesha512: ["sha512", "hex"],
  filebase64sha256: ["sha256", "base64"],
  filebase64sha512: ["sha512", "base64"],
};

export function evaluateCall(call: Call, scope: Scope): Value {
  const name = call.name.replace(/^core::/, "");
  if (name === "try") return evaluateTry(call, scope);
  if (name === "can") return evaluateCan(call, scope);
  const values = argumentsOf(call, scope);
  if (!values) return new Unknown();
  if (name === "templatefile") return evaluateTemplateFile(values, scope);
  if (name === "file" || name === "filebase64" || Object.hasOwn(textHashes, name))
    return evaluateFile(name, values, scope);
  if (name === "fileexists") return existing(values, scope);
  if (impure.has(name)) return new Unknown();
  const own = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!own) throw new CannotTell(`the function ${name} is not evaluated`);
  if (values.length < own.arity[0] || values.length > own.arity[1])
    throw new EvaluationFault(`${name} does not take ${values.length} arguments`);
  if (!own.partial && !values.every(isKnown)) return textual.has(name) ? inPart(own, values) : unknownFrom(values);
  if (!own.nullable && values.includes(null)) throw new EvaluationFault(`${name} does not take null`);
  return own.apply(...values);
}

/** What they make of a text holds also where parts of it are only marked. */
const textual = new Set(["chomp", "format", "join", "lower", "replace", "trimprefix", "trimspace", "trimsuffix"]);

/** The text that a function makes of what is known; arguments that are no texts or lists of texts leave nothing. */
function inPart(own: PureFunction, values: readonly Value[]): Value {
  const texts = values.map((value) => {
    if (isKnown(value)) return value;
    const items = elementsOf(value)?.map((item) => (item === null ? undefined : textInPart(item)));
    if (items) return items.includes(undefined) ? undefined : new ListValue(items.map((item) => item ?? ""));
    return textInPart(value);
  });
  if (texts.includes(undefined)) return unknownFrom(values);
  try {
    const text = own.apply(...texts.map((value) => value ?? null));
    return typeof text === "string" ? unknownWithText(text, values) : unknownFrom(values);
  } catch (fault) {
    if (fault instanceof EvaluationFault || fault instanceof CannotTell) return unknownFrom(values);
    throw fault;
  }
}

/** Undefined where the list behind `...` is not known. */
function argumentsOf(call: Call, scope: Scope): Value[] | undefined {
  const values = call.arguments.map((argument) => scope.evaluate(argument, scope));
  if (!call.spread) return values;
  const last = values.pop() ?? null;
  const items = elementsOf(last);
  if (!items && isKnown(last)) throw new EvaluationFault("only a list can be spread over arguments");
  return items ? [...values, ...items] : undefined;
}

/** What is unknown may still turn out to be refused; then the next argument would count. */
function evaluateTry(call: Call, scope: Scope): Value {
  for (const argument of call.arguments) {
    try {
      const value = scope.evaluate(argument, scope);
      return value instanceof Open ? unknownFrom([value]) : value;
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
    }
  }
  throw new EvaluationFault("none of the arguments of try can be evaluated");
}

function evaluateCan(call: Call, scope: Scope): Value {
  try {
    const values = call.arguments.map((argument) => scope.evaluate(argument, scope));
    return values.every(isKnown) ? true : unknownFrom(values);
  } catch (fault) {
    if (fault instanceof EvaluationFault) return false;
    throw fault;
  }
}

function textOf(values: readonly Value[], scope: Scope): string | undefined {
  const [path = null] = values;
  if (!isKnown(path)) return undefined;
  const text = scope.textOf(toText(path));
  if (text === undefined) scope.note(`the file ${toText(path)} is not among the sources`);
  return text;
}

function evaluateFile(name: string, values: readonly Value[], scope: Scope): Value {
  const text = textOf(values, scope);
  if (text === undefined) return unknownFrom(values);
  if (name === "file") return text;
  // Bytes that are no text were lost when the file was read as one.
  if (text.includes("\uFFFD")) throw new CannotTell("the file does not hold text");
  const [algorithm, encoding] = textHashes[name] ?? [];
  return algorithm === undefined
    ? Buffer.from(text).toString("base64")
    : createHash(algorithm)
        .update(text)
        .digest(encoding ?? "hex");
}

/** A file that is not among the sources may still be there. */
function existing(values: readonly Value[], scope: Scope): Value {
  const [path = null] = values;
  return isKnown(path) && scope.textOf(toText(path)) !== undefined ? true : new Unknown();
}

function evaluateTemplateFile(values: readonly Value[], scope: Scope): Value {
  const text = textOf(values, scope);
  if (text === undefined) return unknownFrom(values);
  const [path = null, names = null] = values;
  if (!(names instanceof MapValue)) return unknownFrom(values);
  try {
    const template = parseTemplate(toText(path), text);
    const read = (name: string): Value | undefined => names.entries.get(name);
    return scope.evaluate(template, { ...scope, read });
  } catch (fault) {
    if (fault instanceof SyntaxStop)
      throw new EvaluationFault(`the template ${toText(path)} cannot be read: ${fault.message}`);
    throw fault;
  }
}
