import { posix } from "node:path";
import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import type { Attribute, SourceFile } from "@plumbline/policy/sources/syntax-tree";
import { align } from "./align.ts";
import type { Difference } from "./align.ts";
import type { Directory } from "./directory.ts";
import { namesSecret, secretLine } from "./values-text.ts";

/** One code for all environments, made of one for each. */
export interface Generalized {
  /** Where it would be written. */
  path: string;
  files: { path: string; text: string }[];
  /** Lines of values by environment: `vpc_env = "dev"`. */
  values: Map<string, string[]>;
}

interface Named extends Difference {
  variable: string;
}

/** What tells that code looks at the files beside it, or at where it lies: then it cannot be written elsewhere. */
const bound =
  /\bpath\.(?:module|root|cwd)\b|\bfile(?:base64|set|exists|md5|sha\d+|base64sha\d+)?\(|\btemplatefile\(|terraform\.workspace/;
const variablesFile = "variables_by_environment.tf";

/**
 * Writes the code once, with a variable for each value that differs, and each environment's values. Undefined where the
 * directories differ in more than written-out values, or their code is bound to its place.
 */
export function generalize(name: string, directories: ReadonlyMap<string, Directory>): Generalized | undefined {
  const environments = [...directories.keys()];
  const [first] = directories.values();
  if (first === undefined || first.files.has(variablesFile)) return undefined;
  const path = `components/${name}`;
  const taken = new Set(
    [...first.files.values()].flatMap(({ blocks }) =>
      blocks.filter(({ type }) => type === "variable").map(({ labels }) => labels[0] ?? ""),
    ),
  );
  const named: Named[] = [];
  const files: { path: string; text: string }[] = [];
  for (const fileName of new Set([...directories.values()].flatMap((directory) => [...directory.files.keys()]))) {
    const same = [...directories.values()]
      .map(({ files: all }) => all.get(fileName))
      .filter((one) => one !== undefined);
    const [one] = same;
    const found = same.length === environments.length && !fileName.endsWith(".json") ? align(same) : undefined;
    if (one === undefined || found === undefined || bound.test(one.text)) return undefined;
    const here = found.map((difference) => ({ ...difference, variable: freeName(difference.path, taken) }));
    named.push(...here);
    const text = rewritten(one, here, first.path, path);
    if (text === undefined) return undefined;
    files.push({ path: `${path}/${fileName}`, text });
  }
  if (named.length === 0) return undefined;
  files.push({ path: `${path}/${variablesFile}`, text: variablesText(named) });
  const values = environments.map((environment, index): [string, string[]] => [
    environment,
    named.map(({ variable, attributes }) => {
      if (namesSecret(variable)) return secretLine(variable, environment, name);
      return `${variable} = ${valueText([...directories.values()][index], attributes[index])}`;
    }),
  ]);
  return { path, files, values: new Map(values) };
}

function freeName(path: readonly string[], taken: Set<string>): string {
  const base = path
    .slice(-2)
    .join("_")
    .replaceAll(/[^A-Za-z0-9_]/g, "_")
    .replace(/^(?=\d)/, "v");
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
  taken.add(name);
  return name;
}

/** The file with variables for values, without backends, and with paths of modules that fit its new place. */
function rewritten(source: SourceFile, named: readonly Named[], from: string, to: string): string | undefined {
  const edits = named.flatMap(({ variable, attributes: [own] }) =>
    own === undefined ? [] : [{ start: own.value.start, end: own.value.end, text: `var.${variable}` }],
  );
  let moved = 0;
  for (const block of source.blocks) {
    if (block.type === "terraform")
      for (const { type, start, end } of block.blocks)
        if (type === "backend" || type === "cloud") edits.push({ start, end, text: "# Plumbline keeps the state." });
    const called = block.type === "module" ? block.attributes.get("source") : undefined;
    const literal = called === undefined ? undefined : literalValue(called.value);
    if (called === undefined || typeof literal !== "string" || !/^\.\.?\//.test(literal)) continue;
    const relative = posix.relative(to, posix.join(from, literal));
    edits.push({
      start: called.value.start,
      end: called.value.end,
      text: JSON.stringify(relative.startsWith(".") ? relative : `./${relative}`),
    });
    moved++;
  }
  // A relative path that is not a module's leads elsewhere from the new place.
  if ((source.text.match(/"\.\.?\//g) ?? []).length > moved) return undefined;
  return edits
    .toSorted((left, right) => right.start - left.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source.text);
}

function variablesText(named: readonly Named[]): string {
  const blocks = named.map(
    ({ variable, attributes }) =>
      `variable "${variable}" {\n  description = "Differs between environments."\n  type        = ${typeOf(attributes)}\n}\n`,
  );
  return `# Made by plumb init of what was written out in each environment's directory.\n${blocks.join("\n")}`;
}

function typeOf(attributes: readonly Attribute[]): string {
  const types = new Set(attributes.map(({ value }) => typeof literalValue(value)));
  const [only] = types;
  return types.size === 1 && (only === "string" || only === "number")
    ? only
    : only === "boolean" && types.size === 1
      ? "bool"
      : "any";
}

function valueText(directory: Directory | undefined, attribute: Attribute | undefined): string {
  const file =
    attribute === undefined
      ? undefined
      : [...(directory?.files.values() ?? [])].find(({ path }) => path === attribute.place.file);
  return file === undefined || attribute === undefined
    ? "null"
    : file.text.slice(attribute.value.start, attribute.value.end);
}
