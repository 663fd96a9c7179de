import { posix } from "node:path";
import type { Attribute, Block, Body, ParsedFile } from "../syntax/body.ts";
import { parseHclFile } from "../syntax/parse-body.ts";
import { parseJsonFile } from "../syntax/parse-json.ts";

/** A directory's declarations with the override files merged in. Keys are names; those of resources `type.name`. */
export interface ModuleConfig {
  directory: string;
  variables: ReadonlyMap<string, Block>;
  locals: ReadonlyMap<string, Attribute>;
  resources: ReadonlyMap<string, Block>;
  data: ReadonlyMap<string, Block>;
  calls: ReadonlyMap<string, Block>;
  outputs: ReadonlyMap<string, Block>;
  /** `aws`, or with its alias `aws.west`. */
  providers: ReadonlyMap<string, Block>;
  /** Local name → source address, from `required_providers`. */
  sources: ReadonlyMap<string, string>;
}

/** Files that hold declarations; of `a.tf` and `a.tofu` only the latter counts. */
export function isModuleFile(path: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

export function parseFile(path: string, text: string): ParsedFile {
  return path.endsWith(".json") ? parseJsonFile(path, text) : parseHclFile(path, text);
}

/** Puts the files of one directory together: the override files last, in the order of their names. */
export function configure(directory: string, files: ReadonlyMap<string, ParsedFile>): ModuleConfig {
  const override = (path: string): boolean => /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(posix.basename(path));
  const names = [...files.keys()].filter(
    (path) => !files.has(path.replace(/\.tf(\.json)?$/, ".tofu$1")) || path.includes(".tofu"),
  );
  const ordered = [...names.filter((path) => !override(path)).sort(), ...names.filter(override).sort()];
  const groups = new Map<string, Map<string, Block>>();
  const locals = new Map<string, Attribute>();
  const sources = new Map<string, string>();
  for (const path of ordered)
    for (const block of files.get(path)?.body.blocks ?? []) {
      if (block.type === "locals") for (const [name, attribute] of block.body.attributes) locals.set(name, attribute);
      else if (block.type === "terraform") collectSources(block, sources);
      else add(groups, block, override(path));
    }
  const group = (type: string): ReadonlyMap<string, Block> => groups.get(type) ?? new Map();
  return {
    directory,
    variables: group("variable"),
    locals,
    resources: group("resource"),
    data: group("data"),
    calls: group("module"),
    outputs: group("output"),
    providers: group("provider"),
    sources,
  };
}

function add(groups: Map<string, Map<string, Block>>, block: Block, overriding: boolean): void {
  const alias = block.type === "provider" ? block.body.attributes.get("alias")?.value : undefined;
  const labels = alias?.kind === "literal" ? [...block.labels, String(alias.value)] : block.labels;
  const key = labels.join(".");
  const group = groups.get(block.type) ?? new Map<string, Block>();
  groups.set(block.type, group);
  const before = group.get(key);
  group.set(key, before && overriding ? overridden(before, block) : (before ?? block));
}

/** Attributes replace those of the same name, nested blocks all those of the same type. */
function overridden(base: Block, over: Block): Block {
  const kind = (block: Block): string => (block.type === "dynamic" ? (block.labels[0] ?? "") : block.type);
  const replaced = new Set(over.body.blocks.map(kind));
  const lifecycle = merged(base.body, over.body, "lifecycle");
  const body: Body = {
    attributes: new Map([...base.body.attributes, ...over.body.attributes]),
    blocks: [
      ...base.body.blocks.filter((block) => !replaced.has(kind(block))),
      ...over.body.blocks.filter((block) => block.type !== "lifecycle"),
      ...lifecycle,
    ],
  };
  return { ...base, body };
}

/** The settings of `lifecycle` are merged one by one. */
function merged(base: Body, over: Body, type: string): Block[] {
  const [before] = base.blocks.filter((block) => block.type === type);
  const [behind] = over.blocks.filter((block) => block.type === type);
  if (!behind) return [];
  return [
    before
      ? {
          ...behind,
          body: { ...behind.body, attributes: new Map([...before.body.attributes, ...behind.body.attributes]) },
        }
      : behind,
  ];
}

function collectSources(block: Block, into: Map<string, string>): void {
  const required = block.body.blocks
    .filter((inner) => inner.type === "required_providers")
    .map((inner) => inner.body.attributes);
  for (const attributes of required)
    for (const [name, attribute] of attributes) {
      if (attribute.value.kind !== "object") continue;
      const source = attribute.value.entries.find(
        (entry) => entry.key.kind === "literal" && entry.key.value === "source",
      );
      if (source?.value.kind === "literal" && typeof source.value.value === "string")
        into.set(name, source.value.value);
    }
}
