import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Node } from "yaml";
import type { Place } from "../../errors.ts";
import type { ConfigurationProblem } from "../problem.ts";
import { problemAt } from "../problem.ts";

/** Limits that keep a hostile file from costing more than a moment. */
const longestFile = 1_048_576;
const deepest = 24;
const mostNodes = 100_000;

/** A path inside a YAML file: keys of mappings and indices of lists. */
export type YamlPath = readonly (string | number)[];

/** A YAML file as plain values, with the place of each. */
export interface YamlFile {
  file: string;
  /** Objects in it have no prototype. Undefined where the file could not be read. */
  value: unknown;
  problems: ConfigurationProblem[];
  /** The place of a value; of the nearest one around it where there is no such path. */
  place(path: YamlPath): Required<Place>;
  /** The place of a key of a mapping. */
  keyPlace(path: YamlPath): Required<Place>;
}

/**
 * Reads one YAML 1.2 file. Aliases, tags, keys that are not texts, several documents, repeated keys, files above 1 MiB
 * and nesting beyond 24 levels are problems; nothing is ever thrown.
 */
export function readYamlFile(file: string, text: string): YamlFile {
  const reader = new YamlReader(file);
  reader.read(text);
  return reader;
}

class YamlReader implements YamlFile {
  readonly file: string;
  readonly problems: ConfigurationProblem[] = [];
  value: unknown = undefined;
  readonly #lines = new LineCounter();
  readonly #values = new Map<string, number>();
  readonly #keys = new Map<string, number>();
  #nodes = 0;

  constructor(file: string) {
    this.file = file;
  }

  place(path: YamlPath): Required<Place> {
    return this.#nearest(this.#values, path);
  }

  keyPlace(path: YamlPath): Required<Place> {
    const offset = this.#keys.get(spell(path));
    return offset === undefined ? this.place(path) : this.#placeOf(offset);
  }

  read(text: string): void {
    if (text.length > longestFile) return this.#report(0, "the file is larger than 1 MiB");
    const depth = flowDepth(text);
    if (depth !== undefined) return this.#report(depth, `nested deeper than ${deepest} levels`);
    try {
      const document = parseDocument(text, {
        lineCounter: this.#lines,
        uniqueKeys: false,
        version: "1.2",
        schema: "core",
        prettyErrors: false,
        stringKeys: false,
        logLevel: "silent",
      });
      for (const error of document.errors) this.#report(error.pos[0], oneLine(error.message));
      if (document.errors.length > 0) return;
      this.value = document.contents === null ? null : this.#convert(document.contents, []);
      if (this.problems.length > 0) this.value = undefined;
    } catch {
      // The parser is recursive: absurd nesting ends as a RangeError.
      this.#report(0, "this is not readable as YAML");
    }
  }

  #convert(node: Node, path: (string | number)[]): unknown {
    const offset = node.range?.[0] ?? 0;
    this.#values.set(spell(path), offset);
    if (++this.#nodes > mostNodes) return this.#once(offset, `more than ${mostNodes} values`);
    if (path.length > deepest) return this.#once(offset, `nested deeper than ${deepest} levels`);
    if (isAlias(node) || ("anchor" in node && node.anchor !== undefined))
      return this.#report(offset, "anchors and aliases are not allowed; write the value out");
    if (node.tag !== undefined && !node.tag.startsWith("tag:yaml.org,2002:"))
      return this.#report(offset, `the tag ${oneLine(node.tag)} is not allowed`);
    // A commit id of digits alone, or of digits and one e, looks like a number; it is none.
    if (isScalar(node)) return /^[0-9a-f]{40,64}$/.test(node.source ?? "") ? node.source : node.value;
    if (isSeq(node)) return node.items.map((item, index) => this.#convert(item as Node, [...path, index]));
    if (!isMap(node)) return this.#report(offset, "this is not readable as YAML");
    const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const pair of node.items) {
      const key = pair.key;
      if (!isScalar(key)) {
        this.#report(offset, "a key must be a text");
        continue;
      }
      const name = typeof key.value === "string" ? key.value : (key.source ?? "");
      const keyPath = [...path, name];
      const keyOffset = key.range?.[0] ?? offset;
      const before = this.#keys.get(spell(keyPath));
      if (before !== undefined) {
        const line = this.#placeOf(before).line;
        this.#report(keyOffset, `the key ${quote(name)} stands here again; it is already in line ${line}`);
        continue;
      }
      if (name === "__proto__" || name === "<<") {
        this.#report(keyOffset, `the key ${quote(name)} is not allowed`);
        continue;
      }
      this.#keys.set(spell(keyPath), keyOffset);
      result[name] = pair.value === null ? null : this.#convert(pair.value as Node, keyPath);
    }
    return result;
  }

  #once(offset: number, message: string): void {
    if (!this.problems.some((known) => known.message === message)) this.#report(offset, message);
  }

  #report(offset: number, message: string): void {
    this.problems.push(problemAt(this.#placeOf(offset), message));
  }

  #nearest(offsets: Map<string, number>, path: YamlPath): Required<Place> {
    for (let length = path.length; length >= 0; length--) {
      const offset = offsets.get(spell(path.slice(0, length)));
      if (offset !== undefined) return this.#placeOf(offset);
    }
    return this.#placeOf(0);
  }

  #placeOf(offset: number): Required<Place> {
    const position = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(1, position.line), column: Math.max(1, position.col) };
  }
}

/** A text from a file inside a message: one line, shortened, in typographic quotes. */
export function quote(text: string): string {
  const shown = oneLine(text);
  return `“${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}”`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function spell(path: YamlPath): string {
  return JSON.stringify(path);
}

/**
 * Where brackets or indicators of nesting pile up beyond what any real file has, before a recursive parser sees them;
 * counted without knowledge of texts and comments, so the limit is generous.
 */
function flowDepth(text: string): number | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    else if (character === "\n") continue;
    if (depth > 500) return index;
  }
  const dashes = /(?:[-?] ){200}/.exec(text);
  return dashes?.index;
}
