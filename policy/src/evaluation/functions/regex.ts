import { createContext, Script } from "node:vm";
import { CannotTell, EvaluationFault, ListValue, MapValue } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** A pattern may take this long; Terraform's own kind cannot run away, JavaScript's can. Milliseconds. */
const patternTimeoutMs = 50;

/** Longest text that is searched. */
const longestText = 100_000;

interface Pattern {
  expression: RegExp;
  names: readonly string[];
}

const classes: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  digit: "0-9",
  lower: "a-z",
  upper: "A-Z",
  space: "\\t\\n\\v\\f\\r ",
  punct: "!-\\/:-@\\[-`{-~",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

/** Translates RE2's way of writing; what the two read differently cannot be told. */
export function compilePattern(source: string): Pattern {
  let flags = "gu";
  let text = source;
  const leading = /^\(\?([ims]+)\)/.exec(text);
  if (leading?.[1] !== undefined) {
    flags += leading[1];
    text = text.slice(leading[0].length);
  }
  if (/\(\?[a-zA-Z-]*[imsU-]|\\[AzQEaCpP]|\(\?[=!]|\(\?<[=!]|\\[1-9]/.test(text.replaceAll("(?P<", "(?<")))
    throw new CannotTell("the pattern uses something that is not understood here");
  text = text.replaceAll("(?P<", "(?<").replaceAll(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole);
  // In unicode mode JavaScript refuses escapes of signs without meaning, RE2 takes them literally.
  text = text.replaceAll(/\\([^\w\s])/gu, (whole, sign: string) => (/[\^$\\.*+?()[\]{}|/-]/.test(sign) ? whole : sign));
  text = text.replaceAll(/\\-/g, (whole, offset: number) => (insideClass(text, offset) ? whole : "-"));
  try {
    const expression = new RegExp(text, [...new Set(flags)].join(""));
    return { expression, names: [...text.matchAll(/\(\?<(\w+)>/g)].map((found) => found[1] ?? "") };
  } catch {
    throw new CannotTell("the pattern is not understood here");
  }
}

function insideClass(text: string, offset: number): boolean {
  const open = text.lastIndexOf("[", offset);
  return open >= 0 && !text.slice(open, offset).includes("]");
}

/** Finds all matches, within the time that one pattern may take. */
export function allMatches(pattern: Pattern, text: string): RegExpExecArray[] {
  if (text.length > longestText) throw new CannotTell("the text is too long to be searched");
  const { expression } = pattern;
  if (!mayRunAway(expression.source)) return [...text.matchAll(expression)];
  const context = createContext({ expression, text, result: [] });
  try {
    new Script("result = [...text.matchAll(expression)]").runInContext(context, { timeout: patternTimeoutMs });
  } catch {
    throw new CannotTell("the pattern takes too long");
  }
  const { result } = context;
  if (!Array.isArray(result)) throw new CannotTell("the pattern gave no result");
  return result;
}

/** More than one repetition can make matching slow; a single one cannot. */
function mayRunAway(source: string): boolean {
  return [...source.matchAll(/[*+}]/g)].length > 1;
}

/** What a match is worth: the text, its groups as a list, or named groups as a map. */
export function matchValue(pattern: Pattern, found: RegExpExecArray): Value {
  if (pattern.names.length > 0) return new MapValue(pattern.names.map((name) => [name, found.groups?.[name] ?? null]));
  if (found.length > 1) return new ListValue(found.slice(1).map((group) => group ?? null));
  return found[0];
}

export function replaceAll(text: string, source: string, replacement: string): string {
  const pattern = compilePattern(source);
  const matches = allMatches(pattern, text);
  let result = "";
  let behind = 0;
  for (const found of matches) {
    result += text.slice(behind, found.index) + expand(replacement, found);
    behind = found.index + found[0].length;
  }
  return result + text.slice(behind);
}

/** `$1`, `${1}`, `$name`: as Go expands them. */
function expand(replacement: string, found: RegExpExecArray): string {
  return replacement.replaceAll(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar?: string, bare?: string, braced?: string) => {
    if (dollar) return "$";
    const name = bare ?? braced ?? "";
    return (/^\d+$/.test(name) ? found[Number(name)] : found.groups?.[name]) ?? "";
  });
}

export function firstMatch(source: string, text: string): Value {
  const pattern = compilePattern(source);
  const [found] = allMatches(pattern, text);
  if (!found) throw new EvaluationFault("the pattern does not match");
  return matchValue(pattern, found);
}
