import { posix } from "node:path";
import { moduleSteps } from "../resources/resource.ts";
import { parseSource } from "./parse-source.ts";
import { literalValue } from "./syntax-tree.ts";
import type { Attribute, Block, SourceFile } from "./syntax-tree.ts";

/** A module as its directory holds it. */
export interface SourceModule {
  directory: string;
  blocks: readonly Block[];
  locals: ReadonlyMap<string, Attribute>;
}

/** A module on the way from the root to where something stands, with the block that calls it. */
export interface ModuleFrame {
  module: SourceModule;
  call?: Block;
  parent?: ModuleFrame;
  /** Which instance of the call it is, where it has `count` or `for_each`. */
  key?: string | number;
}

/** The parsed sources of one workspace. */
export interface SourceIndex {
  files: ReadonlyMap<string, SourceFile>;
  /** Repository path of the root module. */
  root: string;
  moduleAt: (directory: string) => SourceModule;
  /** Frames that were looked up, by the module's address. */
  frames: Map<string, FoundFrame>;
}

/** Files with configuration, in the native or the JSON syntax. */
export function isConfigurationFile(path: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

export function isVariablesFile(path: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(path);
}

/** Reads what is configuration or values among the files. */
export function indexSources(files: ReadonlyMap<string, string>, root: string): SourceIndex {
  const parsed = new Map<string, SourceFile>();
  const byDirectory = new Map<string, SourceFile[]>();
  for (const [path, text] of files) {
    if (!isConfigurationFile(path) && !isVariablesFile(path)) continue;
    const file = parseSource(path, text);
    parsed.set(path, file);
    // As `configure` does: where both stand side by side, the second is what counts.
    const isShadowed = !path.includes(".tofu") && files.has(path.replace(/\.tf(\.json)?$/, ".tofu$1"));
    if (!isConfigurationFile(path) || isShadowed) continue;
    const directory = posix.dirname(path);
    byDirectory.set(directory, [...(byDirectory.get(directory) ?? []), file]);
  }
  const modules = new Map<string, SourceModule>();
  const moduleAt = (directory: string): SourceModule => {
    const known = modules.get(directory);
    if (known) return known;
    const made = toModule(directory, byDirectory.get(directory) ?? []);
    modules.set(directory, made);
    return made;
  };
  return { files: parsed, root: directoryOf(root), moduleAt, frames: new Map() };
}

function toModule(directory: string, files: readonly SourceFile[]): SourceModule {
  const blocks = files.flatMap((file) => file.blocks);
  const locals = new Map<string, Attribute>();
  for (const block of blocks)
    if (block.type === "locals") for (const [name, attribute] of block.attributes) locals.set(name, attribute);
  return { directory, blocks, locals };
}

/** One step down: the module that this one calls by that name, where its source is a directory of the repository. */
export function enterModule(
  index: SourceIndex,
  parent: ModuleFrame,
  name: string,
  key?: string | number,
): ModuleFrame | undefined {
  const call = callOf(parent.module, name);
  const source = call?.attributes.get("source");
  const path = source ? literalValue(source.value) : undefined;
  if (!call || typeof path !== "string" || !/^\.{1,2}(?:\/|$)/.test(path)) return undefined;
  const module = index.moduleAt(directoryOf(posix.join(parent.module.directory, path)));
  return module.blocks.length > 0 ? { module, call, parent, ...(key === undefined ? {} : { key }) } : undefined;
}

/** As `dirname` writes it: without a slash at the end. */
function directoryOf(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

function callOf(module: SourceModule, name: string): Block | undefined {
  return module.blocks.find((block) => block.type === "module" && block.labels[0] === name);
}

/** Where a module's address leads. */
interface FoundFrame {
  frame: ModuleFrame;
  call?: Block;
  complete: boolean;
}

/**
 * The frame of the module at an address. It ends early, with `complete: false`, at a call that cannot be entered: then
 * that call is the nearest place there is. Every resource of a module asks for the same one.
 */
export function frameAt(index: SourceIndex, moduleAddress: string): FoundFrame {
  const found = index.frames.get(moduleAddress) ?? findFrame(index, moduleAddress);
  index.frames.set(moduleAddress, found);
  return found;
}

function findFrame(index: SourceIndex, moduleAddress: string): FoundFrame {
  let frame: ModuleFrame = { module: index.moduleAt(index.root) };
  for (const { name, key } of moduleSteps(moduleAddress)) {
    const next = enterModule(index, frame, name, key);
    const call = callOf(frame.module, name);
    if (!next) return { frame, ...(call ? { call } : {}), complete: false };
    frame = next;
  }
  return { frame, complete: true };
}

/** The block of a resource, or of a provider where `type` is `provider`. */
export function blockOf(module: SourceModule, type: string, name: string): Block | undefined {
  return blocksOf(module, type, name)[0];
}

/** The same with those of override files, which are merged over it. */
export function blocksOf(module: SourceModule, type: string, name: string): Block[] {
  return module.blocks.filter((block) =>
    type === "provider"
      ? block.type === "provider" && block.labels[0] === name
      : block.type === "resource" && block.labels[0] === type && block.labels[1] === name,
  );
}
