import { posix } from "node:path";
import { parseSource } from "@plumbline/policy/sources/parse-source";
import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import type { Attribute, Block, SourceFile } from "@plumbline/policy/sources/syntax-tree";

/** Where something stands; lines count from 1. */
export interface At {
  file: string;
  line: number;
}

/** A directory with configuration, as far as `plumb init` needs it. */
export interface Directory {
  path: string;
  /** Its files of configuration by name. */
  files: Map<string, SourceFile>;
  /** Directories that it calls as modules. */
  calls: string[];
  constraints: string[];
  /** `backend "s3"`, `cloud`. */
  backends: (At & { block: string })[];
  /** Reads of other states. */
  remoteStates: At[];
  /** Uses of `terraform.workspace`. */
  workspaces: At[];
  hasProvider: boolean;
  hasResources: boolean;
  /** Variables that need a value. */
  required: string[];
}

/** Reads the configuration of each directory. Broken files are part of it, as far as they can be read. */
export function readDirectories(texts: ReadonlyMap<string, string>): Map<string, Directory> {
  const directories = new Map<string, Directory>();
  for (const [path, text] of texts) {
    if (!/\.(?:tf|tofu)(?:\.json)?$/.test(path)) continue;
    const at = posix.dirname(path);
    const directory = directories.get(at) ?? empty(at);
    directories.set(at, directory);
    addFile(directory, parseSource(path, text));
  }
  return directories;
}

function empty(path: string): Directory {
  return {
    path,
    files: new Map(),
    calls: [],
    constraints: [],
    backends: [],
    remoteStates: [],
    workspaces: [],
    hasProvider: false,
    hasResources: false,
    required: [],
  };
}

function addFile(directory: Directory, source: SourceFile): void {
  directory.files.set(posix.basename(source.path), source);
  for (const block of source.blocks) {
    const at = { file: source.path, line: block.place.line };
    if (block.type === "terraform") addSettings(directory, block, source.path);
    else if (block.type === "provider") directory.hasProvider = true;
    else if (block.type === "resource") directory.hasResources = true;
    else if (block.type === "data" && block.labels[0] === "terraform_remote_state") directory.remoteStates.push(at);
    else if (block.type === "module") {
      const called = text(block.attributes.get("source"));
      if (called !== undefined && /^\.\.?(?:\/|$)/.test(called))
        directory.calls.push(posix.join(directory.path, called).replace(/(?<=.)\/$/, ""));
    } else if (block.type === "variable" && !block.attributes.has("default"))
      directory.required.push(block.labels[0] ?? "");
  }
  const found = source.text.indexOf("terraform.workspace");
  if (found >= 0)
    directory.workspaces.push({
      file: source.path,
      line: source.text.slice(0, found).split("\n").length,
    });
}

function addSettings(directory: Directory, settings: Block, file: string): void {
  const constraint = text(settings.attributes.get("required_version"));
  if (constraint !== undefined) directory.constraints.push(constraint);
  for (const { type, labels, place } of settings.blocks)
    if (type === "backend" || type === "cloud")
      directory.backends.push({
        file,
        line: place.line,
        block: type === "cloud" ? "cloud" : `backend "${labels[0] ?? ""}"`,
      });
}

function text(attribute: Attribute | undefined): string | undefined {
  const value = attribute === undefined ? undefined : literalValue(attribute.value);
  return typeof value === "string" ? value : undefined;
}
