import { posix } from "node:path";
import { isConfigurationFile } from "../sources/source-index.ts";
import { literalValue } from "../sources/syntax-tree.ts";
import type { Block, SourceFile } from "../sources/syntax-tree.ts";

/** A module as rules over sources see it: all files of one directory. */
export interface LintModule {
  directory: string;
  files: readonly SourceFile[];
  /** Blocks at the top of its files, `main.tf` first. */
  blocks: readonly Block[];
  /** Whether the engine runs here, and nobody calls it. */
  isRoot: boolean;
}

/** The modules among parsed files; `root` is the directory of the root module. */
export function lintModules(parsed: ReadonlyMap<string, SourceFile>, root: string): LintModule[] {
  const files = [...parsed.values()].filter(({ path }) => isConfigurationFile(path));
  return [...Map.groupBy(files, ({ path }) => posix.dirname(path))].map(([directory, own]) => {
    const sorted = own.toSorted((left, right) => weight(left.path) - weight(right.path));
    return {
      directory,
      files: sorted,
      blocks: sorted.flatMap(({ blocks }) => blocks),
      isRoot: posix.normalize(directory) === posix.normalize(root === "" ? "." : root).replace(/(?<=.)\/$/, ""),
    };
  });
}

function weight(path: string): number {
  return posix.basename(path).startsWith("main.") ? 0 : 1;
}

/** The directory that a module call names, where its source is a path. */
export function calledDirectory(module: LintModule, call: Block): string | undefined {
  const source = sourceOf(call);
  return source !== undefined && /^\.{1,2}(?:\/|$)/.test(source)
    ? posix.join(module.directory, source).replace(/(?<=.)\/$/, "")
    : undefined;
}

/** The source of a module call, where it is written out. */
export function sourceOf(call: Block): string | undefined {
  const attribute = call.attributes.get("source");
  const source = attribute && literalValue(attribute.value);
  return typeof source === "string" ? source : undefined;
}

/** Blocks of one type at the top of a module. */
export function blocksOf(module: LintModule, type: string): Block[] {
  return module.blocks.filter((block) => block.type === type);
}
