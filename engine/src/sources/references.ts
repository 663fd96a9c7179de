import type { Literal } from "./literals.ts";
import { hclLiterals } from "./literals.ts";

/** A path that code may read, as written. */
export interface Reference {
  /** The fixed beginning, relative to the module's or the root module's directory: `../../modules/network`. */
  path: string;
  /** Whether leaving the repository by it is a mistake, and not just a text that looks like a path. */
  strict: boolean;
}

/** Largest file that is searched for references. */
export const longestSearched = 1_048_576;

/**
 * Which local paths a file may read: every text in it with a `.` or `..` segment, or after an interpolation and a slash.
 * What is not fixed is cut off, so that the directory around it counts; too much is fine, too little never.
 */
export function referencesOf(name: string, bytes: Uint8Array): Reference[] {
  if (bytes.byteLength > longestSearched) return [];
  const text = new TextDecoder().decode(bytes);
  const found = new Map<string, Reference>();
  for (const literal of literalsOf(name, text)) {
    for (const reference of literalReferences(literal)) {
      const known = found.get(reference.path);
      if (known === undefined || (reference.strict && !known.strict)) found.set(reference.path, reference);
    }
  }
  for (const path of climbed(text)) if (!found.has(path)) found.set(path, { path, strict: false });
  return [...found.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function literalsOf(name: string, text: string): Literal[] {
  if (/\.(?:tf|tofu)$/.test(name)) return hclLiterals(text);
  if (/\.(?:tf|tofu)\.json$/.test(name)) return jsonLiterals(text);
  // Any other file may be a template, in which functions read files too: its texts in quotes count, quietly.
  if (!text.includes("${") && !text.includes("%{")) return [];
  return text
    .matchAll(/"((?:[^"\\\n]|\\.)*)"/g)
    .flatMap(([, content = ""]) => hclLiterals(`"${content}"`))
    .map((literal) => ({ ...literal, heredoc: true }))
    .toArray();
}

/** `dirname(path.module)` outside of texts: the directory above, as often as it climbs. */
function climbed(text: string): string[] {
  return text
    .matchAll(/((?:\b(?:dirname|abspath)\s*\(\s*)+)path\./g)
    .map(([, calls = ""]) => "../".repeat(calls.match(/dirname/g)?.length ?? 0))
    .filter((path) => path !== "")
    .toArray();
}

/** Every text of a JSON file is a template, keys included. */
function jsonLiterals(text: string): Literal[] {
  const literals: Literal[] = [];
  for (const [quoted] of text.matchAll(/"(?:[^"\\]|\\.)*"/gs)) {
    let content: unknown;
    try {
      content = JSON.parse(quoted);
    } catch {
      continue;
    }
    if (typeof content !== "string") continue;
    // As the body of a heredoc, where backslashes mean nothing, but interpolations do.
    const inner = hclLiterals(`<<END_OF_JSON_TEXT\n${content}\nEND_OF_JSON_TEXT\n`);
    literals.push(...inner.map((literal, index) => (index === 0 ? trimmed(literal) : literal)));
  }
  return literals;
}

function trimmed(literal: Literal): Literal {
  const last = literal.parts.at(-1)?.replace(/\n$/, "") ?? "";
  return { ...literal, parts: [...literal.parts.slice(0, -1), last], heredoc: false };
}

function literalReferences({ parts, expressions, heredoc }: Literal): Reference[] {
  return parts.flatMap((part, index) => {
    const [beginning = "", ...words] = part.split(/[\s"'`,;=()<>]+/);
    const others = words.flatMap((word, position) => {
      const isCut = position === words.length - 1 && index < parts.length - 1;
      return isCut ? cutPaths(word, parts.slice(index + 1)) : pathsIn(word, false);
    });
    const rest = words.length > 0 ? [] : parts.slice(index + 1);
    const before = expressions[index - 1];
    if (before !== undefined) return [...others, ...continued(before, beginning, rest)];
    if (rest.length > 0) return [...others, ...cutPaths(beginning, rest)];
    return [...others, ...pathsIn(beginning, !heredoc && words.length === 0), ...pathsIn(part, false)];
  });
}

/** What follows an interpolation: `${path.module}/x` counts from that directory, `dirname(path.module)` climbs first. */
function continued(expression: string, text: string, rest: readonly string[]): Reference[] {
  const climbs = "../".repeat(expression.match(/\bdirname\s*\(/g)?.length ?? 0);
  const path = `./${climbs}${text.replace(/^\/+/, "")}`;
  if (!text.startsWith("/") && climbs === "" && !hasDots(text)) return [];
  if (rest.length > 0) return cutPaths(path, rest);
  const strict = /^\s*path\.(?:module|root|cwd)\s*$/.test(expression);
  return withoutGlob(path).map((fixed) => ({ path: fixed, strict }));
}

/** Paths in a text without interpolation. */
function pathsIn(text: string, quoted: boolean): Reference[] {
  if (text.length > 4_096 || !hasDots(text)) return [];
  const strict = quoted && /^\.\.?(?:\/|$)/.test(text) && !/\s/.test(text);
  return withoutGlob(text).map((path) => ({ path, strict }));
}

/** The directory that a path with an unknown rest lies in, and those above it where the rest climbs. */
function cutPaths(fixed: string, rest: readonly string[]): Reference[] {
  if (fixed === "" || fixed.includes("\n") || (!hasDots(fixed) && !rest.some(hasDots))) return [];
  const climbs = rest.flatMap((part) => part.split("/")).filter((segment) => segment === "..").length;
  const directory = fixed.slice(0, fixed.lastIndexOf("/") + 1);
  // How deep the unknown part leads is not known either: every height counts.
  return Array.from({ length: climbs + 1 }, (_, height) => ({
    path: `./${directory}${"../".repeat(height)}`.replace(/^\.\/(?=\.\.?\/)/, ""),
    strict: false,
  }));
}

/** The path, and where it holds signs of a pattern the directory before them. */
function withoutGlob(path: string): string[] {
  const plain = path.replace(/\?.*$/s, "");
  const sign = path.search(/[*?[{]/);
  if (sign < 0) return [path];
  return [plain, path, path.slice(0, path.lastIndexOf("/", sign) + 1)];
}

function hasDots(text: string): boolean {
  return /(?:^|\/)\.\.?(?:\/|$)/.test(text);
}
